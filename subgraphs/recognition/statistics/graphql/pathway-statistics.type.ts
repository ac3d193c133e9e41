import { Field, Float, ObjectType } from 'type-graphql'
import type { DisclosurePolicy } from '../domain/disclosure-policy.js'
import type { ReportingPeriod } from '../domain/reporting-period.js'
import type { StatisticsQuestion } from './publish-section.js'

/** See the domain's `ReportingPeriod`. */
@ObjectType('StatisticsPeriod', { description: 'A period of the published grid.' })
export class StatisticsPeriodType {
  @Field(() => String, {
    description: 'SDMX code: year `2025-A1`, quarter `2025-Q2`, month `2025-M03` from 1 August.',
  })
  readonly code!: string

  @Field(() => String, { description: 'First day, ISO date.' })
  readonly startsOn!: string

  @Field(() => String, { description: 'First day after it, ISO date.' })
  readonly endsBefore!: string
}

/** See the domain's `DisclosurePolicy`. */
@ObjectType('StatisticsPolicy', { description: 'What a publication lets out.' })
export class StatisticsPolicyType {
  @Field(() => String, { description: 'Stable name, to be quoted beside the figures.' })
  readonly name!: string

  @Field(() => String, { description: 'What it does.' })
  readonly description!: string

  @Field(() => Float, {
    nullable: true,
    description: 'Epsilon of each table, where differential privacy is chosen.',
  })
  readonly epsilonPerTable!: number | null

  @Field(() => Float, { nullable: true, description: 'Epsilon of all tables of a reporting year.' })
  readonly epsilonPerYear!: number | null
}

/** One question; its sections are read by the resolver. */
@ObjectType('PathwayStatistics', {
  description: 'How learners move. Sections that are not asked for are not read.',
})
export class PathwayStatisticsType {
  @Field(() => StatisticsPeriodType, { description: 'The period of the figures.' })
  readonly period!: ReportingPeriod

  @Field(() => StatisticsPeriodType, {
    nullable: true,
    description: 'The period they are compared with.',
  })
  readonly comparedWith!: ReportingPeriod | null

  @Field(() => StatisticsPolicyType, { description: 'How the figures are protected.' })
  readonly policy!: StatisticsPolicyType

  readonly question!: StatisticsQuestion
}

/** A policy as clients see it. */
export function toPolicy(policy: DisclosurePolicy): StatisticsPolicyType {
  return {
    name: policy.name,
    description: policy.description,
    epsilonPerTable: policy.differentialPrivacy?.epsilonPerTable ?? null,
    epsilonPerYear: policy.differentialPrivacy?.epsilonPerYear ?? null,
  }
}
