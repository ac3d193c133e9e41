import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { Dimension } from '../domain/dimension.js'
import { StatisticsDimensionEnum } from './statistics-enums.js'
import { StatisticsReleaseType } from './statistics-release.type.js'

/** One code of a group. */
@ObjectType('StatisticsCode', { description: 'The value of one dimension.' })
export class StatisticsCodeType {
  @Field(() => StatisticsDimensionEnum, { description: 'Which dimension.' })
  readonly dimension!: Dimension

  @Field(() => String, { description: 'Name of the dimension in exports, in the manner of SDMX.' })
  readonly concept!: string

  @Field(() => String, { description: 'Its code, e.g. a member slug or `6`.' })
  readonly code!: string

  @Field(() => String, { description: 'Its name in English.' })
  readonly label!: string
}

/** What a row is about; entities are joined by the resolver. */
@ObjectType('StatisticsGroup', {
  description: 'What a row is about: a code for each dimension it is broken down by.',
})
export class StatisticsGroupType {
  @Field(() => [StatisticsCodeType], { description: 'The codes in the order of dimensions.' })
  readonly codes!: readonly StatisticsCodeType[]

  @Field(() => StatisticsReleaseType, {
    description:
      'The release its figures are of: under differential privacy an earlier one where the latest is not paid for.',
  })
  readonly release!: StatisticsReleaseType

  @Field(() => ID, { nullable: true, description: 'Hub id of the pathway.' })
  readonly pathwayId!: string | null

  @Field(() => Int, { nullable: true, description: 'Step of the pathway, from 1.' })
  readonly step!: number | null

  @Field(() => ID, { nullable: true, description: 'Hub id of the stacked credential.' })
  readonly stackedCredentialId!: string | null

  readonly homeMember!: string | null
  readonly awardingMember!: string | null
  readonly recognisingMember!: string | null
  readonly jurisdictionCode!: string | null
}
