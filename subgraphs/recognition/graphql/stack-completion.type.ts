import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { CompletionSet } from '../domain/stacking/completion.js'
import { DateScalar } from './date.scalar.js'
import { DecimalScalar } from './decimal.scalar.js'
import { toEnum } from './to-enum.js'

const completionKinds = ['ALREADY_FULFILLED', 'FOUND', 'NONE', 'UNDECIDED'] as const
const CompletionKindEnum = toEnum(completionKinds)
registerEnumType(CompletionKindEnum, {
  name: 'StackCompletionKind',
  description: 'Whether something would complete the stack.',
  valuesConfig: {
    ALREADY_FULFILLED: { description: 'It is complete.' },
    FOUND: { description: 'These sets would, and no smaller one.' },
    NONE: { description: 'Not even everything together would.' },
    UNDECIDED: { description: 'No exact answer within the bounds, so none is given.' },
  },
})

/** See the domain's `CompletionSet`; its opportunities are resolved. */
@ObjectType('StackCompletionSet', {
  description: 'Opportunities that complete the stack together.',
})
export class StackCompletionSetType {
  @Field(() => DecimalScalar, { description: 'ECTS credits of the set.' })
  readonly totalEcts!: string

  @Field(() => DateScalar, { description: 'The day it was evaluated for.' })
  readonly completedOn!: string
}

/** See the domain's `Completions`. */
@ObjectType('StackCompletions', {
  description: 'The smallest sets of opportunities of the alliance that would complete the stack.',
})
export class StackCompletionsType {
  @Field(() => CompletionKindEnum, { description: 'Whether there are any.' })
  readonly kind!: (typeof completionKinds)[number]

  @Field(() => String, { nullable: true, description: 'Why undecided, as a stable code.' })
  readonly code!: string | null

  @Field(() => Int, { nullable: true, description: 'Opportunities in each set; null without.' })
  readonly size!: number | null

  @Field(() => Boolean, { description: 'False when there are more sets of this size.' })
  readonly isAll!: boolean

  @Field(() => [StackCompletionSetType], { description: 'At most five, fewest credits first.' })
  readonly sets!: readonly CompletionSet[]
}
