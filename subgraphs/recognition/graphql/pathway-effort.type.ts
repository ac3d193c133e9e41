import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { stepStates } from '../domain/pathways/pathway-progress.js'
import { DecimalScalar } from './decimal.scalar.js'
import { toEnum } from './to-enum.js'

const PathwayStepStateEnum = toEnum(stepStates)
registerEnumType(PathwayStepStateEnum, {
  name: 'PathwayStepState',
  description: 'Where a learner stands at a step.',
  valuesConfig: {
    DONE: { description: 'Completed.' },
    OPEN: { description: 'Can be taken now.' },
    LOCKED: { description: 'Something has to come first.' },
  },
})

@ObjectType('HourRange', { description: 'Hours of work.' })
export class HourRangeType {
  @Field(() => Int, { description: 'At least.' })
  readonly minimum!: number

  @Field(() => Int, { description: 'At most.' })
  readonly maximum!: number
}

@ObjectType('CostRange', { description: 'What it costs in one currency.' })
export class CostRangeType {
  @Field(() => String, { description: 'ISO 4217 code. Currencies are never added up.' })
  readonly currency!: string

  @Field(() => DecimalScalar, { description: 'At least.' })
  readonly minimum!: string

  @Field(() => DecimalScalar, { description: 'At most.' })
  readonly maximum!: string
}

/** See the domain's `Effort`. */
@ObjectType('PathwayEffort', {
  description: 'What required steps take, from the least to the most that choices do.',
})
export class PathwayEffortType {
  @Field(() => HourRangeType, {
    nullable: true,
    description:
      'Hours as members state them, else by credits and jurisdiction; null where neither is known.',
  })
  readonly hours!: HourRangeType | null

  @Field(() => [CostRangeType], { description: 'One entry per currency, in its order.' })
  readonly costs!: readonly CostRangeType[]

  @Field(() => Boolean, {
    description: 'True when a choice has no known price: the costs are of the others alone.',
  })
  readonly isCostPartial!: boolean
}

/** See the domain's `Alternative`. */
@ObjectType('PathwayAlternative', { description: 'Something that can be chosen for a step.' })
export class PathwayAlternativeType {
  @Field(() => ID, { description: 'Hub id of the opportunity.' })
  readonly opportunityId!: string
}

@ObjectType('PathwayStepStanding', { description: 'Where a learner stands at one step.' })
export class PathwayStepStandingType {
  @Field(() => Int, { description: 'Place in the pathway, from 1.' })
  readonly position!: number

  @Field(() => Boolean, { description: 'Whether the pathway cannot be completed without it.' })
  readonly required!: boolean

  @Field(() => PathwayStepStateEnum, { description: 'Where the learner stands.' })
  readonly state!: string

  @Field(() => [Int], { description: 'Positions of the steps that have to come first.' })
  readonly waitsFor!: readonly number[]

  @Field(() => Int, { description: 'How many more opportunities it takes.' })
  readonly missing!: number

  @Field(() => [PathwayAlternativeType], { description: 'What to choose from; empty when done.' })
  readonly alternatives!: readonly PathwayAlternativeType[]
}

/** See the domain's `PathwayProgress`. */
@ObjectType('PathwayStanding', {
  description: 'Where a learner stands on a pathway by the awards that are valid now.',
})
export class PathwayStandingType {
  @Field(() => [PathwayStepStandingType], { description: 'Its steps in order.' })
  readonly steps!: readonly PathwayStepStandingType[]

  @Field(() => Boolean, { description: 'Whether every required step is done.' })
  readonly isComplete!: boolean

  @Field(() => DecimalScalar, { description: 'ECTS credits of the awards that serve a step.' })
  readonly ectsEarned!: string

  @Field(() => DecimalScalar, { description: 'ECTS credits of all required steps.' })
  readonly ectsTotal!: string

  @Field(() => PathwayEffortType, { description: 'What is left.' })
  readonly remaining!: PathwayEffortType

  @Field(() => PathwayEffortType, { description: 'The whole way.' })
  readonly total!: PathwayEffortType
}
