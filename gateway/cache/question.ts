import type { GraphQLFormattedError } from 'graphql'
import type { AnswerRule } from './contract-rules.js'
import type { AnswerFreshness } from './domain/cache-control.js'
import { printCacheKey } from './domain/cache-key.js'
import type { DataOwner } from './domain/cache-policy.js'
import { generationNames } from './domain/purge-scope.js'
import type { OwnerFacts } from './owner-book.js'

/** One thing that is asked of an owner and kept by itself: a page of a root field, or one entity. */
export interface Question extends OwnerFacts {
  readonly rule: AnswerRule
  /** `Query.field` or the name of an entity's type. */
  readonly subject: string
  /** {@link hashText} of the arguments of the field, or of the representation. */
  readonly askedHash: string
  readonly selectionHash: string
  /** Of what else an answer may depend on; `-` for public data. */
  readonly varyHash: string
  /** Names of the generation counters an answer is valid under, see {@link createGenerationNames}. */
  readonly generationNames: readonly string[]
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

/** Finds the counters that answers of an owner are valid under, with the types of a rule in them; each pair is worked out once. */
export function createGenerationNames(): (owner: DataOwner, rule: AnswerRule) => readonly string[] {
  const known = new WeakMap<AnswerRule, WeakMap<DataOwner, readonly string[]>>()
  return (owner, rule) => {
    let ofRule = known.get(rule)
    if (ofRule === undefined) {
      ofRule = new WeakMap()
      known.set(rule, ofRule)
    }
    const names = ofRule.get(owner)
    if (names !== undefined) return names
    const made = generationNames(owner.jurisdiction, owner.member, rule.types)
    ofRule.set(owner, made)
    return made
  }
}

/** The question's key under these generations, as {@link printGenerationList} prints them. */
export function keyOf(schema: string, question: Question, generations: string): string {
  const { owner, edition, subject, askedHash, selectionHash, varyHash } = question
  const { jurisdiction, member } = owner
  const whose = { schema, edition, jurisdiction, member, generations }
  return printCacheKey({ ...whose, subject, askedHash, selectionHash, varyHash })
}
