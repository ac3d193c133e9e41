import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { quantityUnits, stackOutcomes } from '../domain/stacking/stack-evaluation.js'
import { createConnectionType } from './connection-type.js'
import { DateTimeScalar } from './date.scalar.js'
import { DecimalScalar } from './decimal.scalar.js'
import { toEnum } from './to-enum.js'

/** GraphQL enum of where a learner stands. */
export const StackStatusEnum = toEnum([...stackOutcomes, 'UNDECIDED'] as const)
registerEnumType(StackStatusEnum, {
  name: 'StackStatus',
  description: 'Where a learner stands towards a stacked credential.',
  valuesConfig: {
    FULFILLED: { description: 'Every requirement is met.' },
    PARTLY: { description: 'At least one award counts.' },
    NOT: { description: 'No award counts.' },
    UNDECIDED: { description: 'No exact answer was found within the bounds, so none is given.' },
  },
})

const QuantityUnitEnum = toEnum(quantityUnits)
registerEnumType(QuantityUnitEnum, {
  name: 'StackQuantityUnit',
  description: 'What a requirement counts.',
})

/** See the domain's `RequirementResult`. */
@ObjectType('StackRequirement', { description: 'How far one requirement of the rule is met.' })
export class StackRequirementType {
  @Field(() => String, { description: 'Key of the requirement within the rule.' })
  readonly requirementId!: string

  @Field(() => String, { description: 'Kind of the requirement, e.g. `MIN_ECTS`.' })
  readonly kind!: string

  @Field(() => Boolean, { description: 'Whether it is met.' })
  readonly isMet!: boolean

  @Field(() => QuantityUnitEnum, { description: 'What is counted.' })
  readonly unit!: (typeof quantityUnits)[number]

  @Field(() => DecimalScalar, { description: 'What it takes.' })
  readonly need!: string

  @Field(() => DecimalScalar, { description: 'What is there.' })
  readonly have!: string

  @Field(() => DecimalScalar, { description: 'What is missing; `0` when met.' })
  readonly missing!: string

  @Field(() => [String], {
    description: 'What is open by name: micro-credential ids or outcomes, as the kind has it.',
  })
  readonly missingItems!: readonly string[]
}

/** See the domain's `ExcludedAward`. */
@ObjectType('ExcludedAward', { description: 'An award that does not count, and why.' })
export class ExcludedAwardType {
  @Field(() => ID, { description: 'Hub id of the award.' })
  readonly awardId!: string

  @Field(() => [String], { description: 'Codes of all reasons, e.g. `REVOKED`.' })
  readonly reasons!: readonly string[]
}

/** See the domain's `StackChange`. */
@ObjectType('StackDifference', { description: 'One point in which a stack changed.' })
export class StackDifferenceType {
  @Field(() => String, { description: 'Stable code, e.g. `AWARD_LEFT` or `REQUIREMENT_LOST`.' })
  readonly code!: string

  @Field(() => ID, { nullable: true, description: 'The award it is about; null for others.' })
  readonly awardId!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Key of the requirement it is about; null for others.',
  })
  readonly requirementId!: string | null

  @Field(() => [String], { description: 'Codes why an award counts no longer.' })
  readonly reasons!: readonly string[]

  @Field(() => String, { description: 'The difference in an English sentence.' })
  readonly sentence!: string
}

/** See the domain's `StackTransition`. */
@ObjectType('StackChange', { description: 'One change of a stack: what became of it, and why.' })
export class StackChangeType {
  @Field(() => Int, { description: 'Counts the changes of this stack, from 1.' })
  readonly stateVersion!: number

  @Field(() => Int, { description: 'Version of the rule.' })
  readonly ruleVersion!: number

  @Field(() => StackStatusEnum, { nullable: true, description: 'Before; null for the first.' })
  readonly fromStatus!: string | null

  @Field(() => StackStatusEnum, { description: 'After.' })
  readonly toStatus!: string

  @Field(() => DateTimeScalar, { description: 'When it was noted.' })
  readonly recordedAt!: string
}

/** Relay connection of changes. */
export const StackChangeConnectionType = createConnectionType(
  'StackChange',
  () => StackChangeType,
  'A page of the changes of a stack, newest first.',
)

/** See the domain's `StackState`; what the evaluation says is resolved. */
@ObjectType('StackedCredentialProgress', {
  description: 'Where a learner stands towards a stacked credential. Seen by the learner only.',
})
export class StackedCredentialProgressType {
  @Field(() => StackStatusEnum, { description: 'Where the learner stands.' })
  readonly status!: string

  @Field(() => Int, { description: 'Version of the rule it was evaluated by.' })
  readonly ruleVersion!: number

  @Field(() => DateTimeScalar, { description: 'When it last changed.' })
  readonly evaluatedAt!: string

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when it is complete; null when it is not.',
  })
  readonly completedAt!: string | null
}

/** Relay connection of stacks. */
export const StackedCredentialProgressConnectionType = createConnectionType(
  'StackedCredentialProgress',
  () => StackedCredentialProgressType,
  'A page of a learner’s stacks, by stacked credential.',
)
