import { Field, ID, Int, ObjectType } from 'type-graphql'
import { createConnectionType } from './connection-type.js'
import { DateScalar, DateTimeScalar } from './date.scalar.js'

/** See the domain's `StackedCredential`; its rule's own fields are resolved. */
@ObjectType('StackedCredential', {
  description: 'A larger credential that awards of several members add up to, by a published rule.',
})
export class StackedCredentialType {
  @Field(() => ID, { description: 'Hub id, `alliance:stackedcredential:key`.' })
  readonly id!: string

  @Field(() => Boolean, { description: 'True for sample data that no university published.' })
  readonly synthetic!: boolean
}

/** Relay connection of stacked credentials. */
export const StackedCredentialConnectionType = createConnectionType(
  'StackedCredential',
  () => StackedCredentialType,
  'A page of stacked credentials, by title.',
)

/** One published version of a rule. */
@ObjectType('StackingRule', {
  description:
    'What it takes to be awarded a stacked credential. A published version never changes.',
})
export class StackingRuleType {
  @Field(() => Int, { description: 'From 1, by one with every publication.' })
  readonly version!: number

  @Field(() => String, { description: 'The rule in the rule language, as JSON text.' })
  readonly json!: string

  @Field(() => String, { description: 'The same in English sentences.' })
  readonly text!: string

  @Field(() => DateScalar, { description: 'First day it is in force.' })
  readonly inForceFrom!: string

  @Field(() => DateScalar, { nullable: true, description: 'Last day; null: until further notice.' })
  readonly inForceUntil!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Where its numbers were published; null for those of nobody else.',
  })
  readonly source!: string | null

  @Field(() => Boolean, {
    description: 'True when no published source stands behind its numbers: it promises nothing.',
  })
  readonly illustrative!: boolean
}

/** How far a re-evaluation is. */
@ObjectType('RuleEvaluation', {
  description: 'How far the learners were looked at again after the rule was published.',
})
export class RuleEvaluationType {
  @Field(() => Int, { description: 'Version of the rule it was published with.' })
  readonly ruleVersion!: number

  @Field(() => Int, { description: 'Learners with awards when it began.' })
  readonly learnersTotal!: number

  @Field(() => Int, { description: 'Learners done.' })
  readonly learnersDone!: number

  @Field(() => Int, { description: 'Stacks whose state changed.' })
  readonly stacksChanged!: number

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  readonly startedAt!: string

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ended; null while it runs.',
  })
  readonly finishedAt!: string | null
}
