import { Field, Int, ObjectType } from 'type-graphql'
import { StatisticsCellType } from './statistics-cell.type.js'
import { StatisticsGroupType } from './statistics-group.type.js'

/** One point of a curve. */
@ObjectType('SurvivalPoint', { description: 'What had become of a cohort after some weeks.' })
export class SurvivalPointType {
  @Field(() => Int, { description: 'Weeks after enrolment.' })
  readonly weeks!: number

  @Field(() => StatisticsCellType, { description: 'Per cent that had not withdrawn.' })
  readonly retained!: StatisticsCellType

  @Field(() => StatisticsCellType, { description: 'Per cent that had completed.' })
  readonly completed!: StatisticsCellType
}

/** See the publication's `SurvivalCurve`. */
@ObjectType('CohortSurvival', {
  description: 'Learners who enrolled in one period, followed on a fixed grid of weeks.',
})
export class CohortSurvivalType {
  @Field(() => StatisticsGroupType, { description: 'Whom the curve is about.' })
  readonly group!: StatisticsGroupType

  @Field(() => StatisticsCellType, { description: 'Learners who enrolled.' })
  readonly enrolled!: StatisticsCellType

  @Field(() => [SurvivalPointType], { description: 'The curve, by weeks.' })
  readonly points!: readonly SurvivalPointType[]
}
