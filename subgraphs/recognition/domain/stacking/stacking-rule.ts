import type { MicroCredentialId, StackedCredentialId } from '../../../../schema/index.js'
import type { LocalisedText } from '../localised-text.js'
import type { AwardCondition } from './award-condition.js'
import type { Requirement } from './requirement.js'
import type { StackLimit } from './stack-limit.js'

/** Version of the rule language. A document of another language is refused, never guessed at. */
export const ruleLanguage = 1

/**
 * `ONCE`: an award that counts towards another stacked credential does not count here.
 * `SHARED`: it may count here, too.
 */
export const creditUses = ['ONCE', 'SHARED'] as const

/**
 * What it takes to be awarded a stacked credential. Published as JSON; a published version never changes.
 *
 * Three parts with three meanings: `eligible` says which awards may count at all, `limits` which of them may count
 * together, `requirements` what those that count must amount to. More awards can never make a requirement fail, and
 * leaving one out can never break a limit; that is what keeps an exact evaluation cheap.
 */
export interface StackingRule {
  readonly language: typeof ruleLanguage
  readonly id: StackedCredentialId
  /** From 1, by one with every publication. */
  readonly version: number
  readonly titles: LocalisedText
  /** ISO dates, both inclusive; null: until further notice. */
  readonly inForceFrom: string
  readonly inForceUntil: string | null
  /** Where the numbers were published; null for those of nobody but this rule. */
  readonly source: string | null
  /** True when no published source stands behind the numbers: shows what could be, and promises nothing. */
  readonly illustrative: boolean
  readonly creditUse: (typeof creditUses)[number]
  /** Every award that counts meets all of these. */
  readonly eligible: readonly AwardCondition[]
  readonly prerequisites: readonly Prerequisite[]
  readonly limits: readonly StackLimit[]
  /** At least one. Their order is their priority when not all can be met. */
  readonly requirements: readonly Requirement[]
}

/** The award counts only when each of `requires` was awarded to the learner, not later than the award itself. */
export interface Prerequisite {
  readonly microCredentialId: MicroCredentialId
  readonly requires: readonly MicroCredentialId[]
}
