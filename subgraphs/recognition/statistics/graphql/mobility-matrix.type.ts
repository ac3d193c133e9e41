import { Field, ObjectType } from 'type-graphql'
import { InstitutionType } from '../../graphql/catalogue-entity.type.js'
import type { ReportingPeriod } from '../domain/reporting-period.js'
import { StatisticsPeriodType, StatisticsPolicyType } from './pathway-statistics.type.js'
import { StatisticsCellType } from './statistics-cell.type.js'
import { StatisticsReleaseType } from './statistics-release.type.js'

/** One cell of the matrix, or of its marginals. */
@ObjectType('MobilityCell', {
  description: 'From one home institution to one awarding institution.',
})
export class MobilityCellType {
  @Field(() => String, {
    nullable: true,
    description: 'Slug of the home member, `_X` for no member; null in a total of awarding.',
  })
  readonly home!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Slug of the awarding member; null in a total of home.',
  })
  readonly awarding!: string | null

  @Field(() => InstitutionType, { nullable: true, description: 'The home institution.' })
  readonly homeInstitution!: InstitutionType | null

  @Field(() => InstitutionType, { nullable: true, description: 'The awarding institution.' })
  readonly awardingInstitution!: InstitutionType | null

  @Field(() => StatisticsCellType, { description: 'The figure.' })
  readonly cell!: StatisticsCellType
}

/** See the publication's `MobilityMatrix`. */
@ObjectType('MobilityMatrix', {
  description: 'Who learns where: home institutions in rows, awarding institutions in columns.',
})
export class MobilityMatrixType {
  @Field(() => StatisticsPeriodType, { description: 'The period of awarding.' })
  readonly period!: ReportingPeriod

  @Field(() => StatisticsPolicyType, { description: 'How the figures are protected.' })
  readonly policy!: StatisticsPolicyType

  @Field(() => StatisticsReleaseType, { description: 'Which release of the period.' })
  readonly release!: StatisticsReleaseType

  @Field(() => [MobilityCellType], { description: 'Every pair, by home, then awarding member.' })
  readonly cells!: readonly MobilityCellType[]

  @Field(() => [MobilityCellType], {
    description: 'By home member; rounded for themselves, no sums of the cells.',
  })
  readonly homeTotals!: readonly MobilityCellType[]

  @Field(() => [MobilityCellType], {
    description: 'By awarding member; rounded for themselves, no sums of the cells.',
  })
  readonly awardingTotals!: readonly MobilityCellType[]
}
