import type { GraphQLFormattedError } from 'graphql'
import type { AnswerRule } from './contract-rules.js'
import type { AnswerFreshness } from './domain/cache-control.js'
import { printCacheKey, printGenerations } from './domain/cache-key.js'
import type { DataOwner } from './domain/cache-policy.js'
import { generationNames } from './domain/purge-scope.js'
import type { Placement } from './domain/residency.js'

/** One thing that is asked of an owner and kept by itself: a page of a root field, or one entity. */
export interface Question {
  readonly owner: DataOwner
  readonly placement: Placement
  readonly rule: AnswerRule
  /** `Query.field` or the name of an entity's type. */
  readonly subject: string
  /** The arguments of the field, or the representation. */
  readonly asked: string
  readonly selection: string
  /** What else an answer may depend on; '' for public data. */
  readonly vary: string
}

/** The answer to a question as its owner gave it. */
export interface Fetched {
  readonly value: unknown
  /** Errors inside the value, paths from there. With any, the value is not kept. */
  readonly errors: readonly GraphQLFormattedError[]
  readonly freshness: AnswerFreshness | undefined
  /** False when the value is not what was asked for, so that it must not be kept. */
  readonly isSound: boolean
}

/**
 * Asks for some of several questions, at most until a deadline of its own. Rejects when the owner gives no answer at
 * all.
 */
export type Fetch = (indices: readonly number[]) => Promise<readonly Fetched[]>

/** Names of the generation counters an answer to this question is valid under. */
export function generationNamesOf({ owner, rule }: Question): readonly string[] {
  return generationNames(owner.jurisdiction, owner.member, rule.types)
}

/** The question's key under these generations, which stand in the order of their names. */
export function keyOf(schema: string, question: Question, generations: readonly number[]): string {
  const { owner, subject, asked, selection, vary } = question
  const [jurisdiction = 0, member = 0, ...types] = generations
  return printCacheKey({
    schema,
    jurisdiction: owner.jurisdiction,
    member: owner.member,
    generations: printGenerations(jurisdiction, member, types),
    ...{ subject, asked, selection, vary },
  })
}
