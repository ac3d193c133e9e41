import { Field, Int, ObjectType } from 'type-graphql'
import { StatisticsCellType, StatisticsQuartilesType } from './statistics-cell.type.js'
import { StatisticsGroupType } from './statistics-group.type.js'

/** Journeys of one group. */
@ObjectType('JourneyStatistics', {
  description: 'Learners on pathways, by the period they enrolled in.',
})
export class JourneyStatisticsType {
  @Field(() => StatisticsGroupType, { description: 'What the row is about.' })
  readonly group!: StatisticsGroupType
  @Field(() => StatisticsCellType, { description: 'Learners who enrolled.' })
  readonly started!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, still under way.' })
  readonly active!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, completed.' })
  readonly completed!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, withdrawn and not come back.' })
  readonly withdrawn!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Completed per started, in per cent.' })
  readonly completionRate!: StatisticsCellType
  @Field(() => StatisticsQuartilesType, { description: 'Weeks from enrolment to completion.' })
  readonly timeToComplete!: StatisticsQuartilesType
}

/** One step of a pathway. */
@ObjectType('StepStatistics', {
  description: 'Learners at one step of a pathway, by the period they enrolled in: the funnel.',
})
export class StepStatisticsType {
  @Field(() => StatisticsGroupType, { description: 'What the row is about.' })
  readonly group!: StatisticsGroupType
  @Field(() => StatisticsCellType, { description: 'Learners who began the step.' })
  readonly started!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, still at it.' })
  readonly active!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, completed it.' })
  readonly completed!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, withdrew from the pathway here.' })
  readonly withdrawn!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Completed per started, in per cent.' })
  readonly completionRate!: StatisticsCellType
}

/** Stacks of one group. */
@ObjectType('StackStatistics', {
  description: 'Learners on the way to stacked credentials, by the period of their first progress.',
})
export class StackStatisticsType {
  @Field(() => StatisticsGroupType, { description: 'What the row is about.' })
  readonly group!: StatisticsGroupType
  @Field(() => StatisticsCellType, {
    description: 'Learners with an award that counts towards it.',
  })
  readonly started!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, with all requirements met.' })
  readonly completed!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Completed per started, in per cent.' })
  readonly stackRate!: StatisticsCellType
}

/** Awards of one group. */
@ObjectType('AwardStatistics', { description: 'Valid awards, by the period of awarding.' })
export class AwardStatisticsType {
  @Field(() => StatisticsGroupType, { description: 'What the row is about.' })
  readonly group!: StatisticsGroupType
  @Field(() => StatisticsCellType, { description: 'Learners with at least one.' })
  readonly learners!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Awards, at most three of each learner.' })
  readonly awards!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'ECTS credits, at most 15 of each learner.' })
  readonly ects!: StatisticsCellType
}

/** Requests for recognition of one group. */
@ObjectType('RecognitionStatistics', {
  description: 'Requests for recognition, at most three of each learner, by the period of asking.',
})
export class RecognitionStatisticsType {
  @Field(() => StatisticsGroupType, { description: 'What the row is about.' })
  readonly group!: StatisticsGroupType
  @Field(() => StatisticsCellType, { description: 'Requests made.' })
  readonly requested!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, with a decision.' })
  readonly decided!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, recognised in full.' })
  readonly recognised!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, recognised in part.' })
  readonly partial!: StatisticsCellType
  @Field(() => StatisticsCellType, {
    description: 'Of these, refused for a substantial difference.',
  })
  readonly refused!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, not decided yet.' })
  readonly pending!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, appealed.' })
  readonly appealed!: StatisticsCellType
  @Field(() => StatisticsCellType, { description: 'Of these, decided by an agreement beforehand.' })
  readonly automatic!: StatisticsCellType
  @Field(() => StatisticsCellType, {
    description: 'Learners recognised in full per learners with a decision, in per cent.',
  })
  readonly recognisedShare!: StatisticsCellType
  @Field(() => StatisticsQuartilesType, { description: 'Weeks from request to first decision.' })
  readonly waitingTime!: StatisticsQuartilesType
}

/** One skill, or skill and group. */
@ObjectType('SkillStatistics', { description: 'A skill, offered and awarded.' })
export class SkillStatisticsType {
  @Field(() => StatisticsGroupType, { description: 'What the row is about.' })
  readonly group!: StatisticsGroupType
  @Field(() => Int, { description: 'Micro-credentials offered that name the skill; exact.' })
  readonly offered!: number
  @Field(() => StatisticsCellType, { description: 'Learners awarded one that names it.' })
  readonly learners!: StatisticsCellType
}
