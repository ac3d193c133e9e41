import type { AwardId, MicroCredentialId, StackedCredentialId } from '../../../../schema/index.js'
import type { Award } from '../award.js'
import type { DecimalText } from '../decimal.js'
import type { AwardConditionKind } from './award-condition.js'
import type { RequirementKind } from './requirement.js'

/** What evaluation reads of an award; nothing of it names the learner. */
export type StackableAward = Pick<
  Award,
  | 'id'
  | 'microCredentialId'
  | 'opportunityId'
  | 'awardingMember'
  | 'jurisdictionCode'
  | 'awardedOn'
  | 'ects'
  | 'eqfLevel'
  | 'iscedF'
  | 'learningOutcomes'
  | 'grade'
  | 'supervision'
  | 'isCapstone'
  | 'accreditation'
  | 'status'
  | 'supersededBy'
>

export interface EvaluationContext {
  /** ISO date. What was awarded later does not count yet; recency is measured back from here. */
  readonly date: string
  /** Awards that count towards another stacked credential, and which. */
  readonly usedElsewhere?: ReadonlyMap<AwardId, StackedCredentialId>
  /** Steps of search before giving up with `SEARCH_BOUND_EXCEEDED`; default 200,000 (well under a second). */
  readonly maxSteps?: number
}

/** Where a learner stands. `PARTLY`: at least one award counts. `NOT`: none does. */
export const stackOutcomes = ['FULFILLED', 'PARTLY', 'NOT'] as const
export type StackOutcome = (typeof stackOutcomes)[number]

/** A decision, or the statement that there is none: an answer that is not exact is never given. */
export type StackEvaluation = StackDecision | UndecidedStack

export interface UndecidedStack {
  readonly kind: 'UNDECIDED'
  readonly stackedCredentialId: StackedCredentialId
  readonly ruleVersion: number
  readonly date: string
  /**
   * `SEARCH_BOUND_EXCEEDED`: `limit` steps of search were not enough.
   * `TOO_MANY_AWARDS`, `TOO_PRECISE`: more awards, or more digits of credits, than are evaluated at all.
   */
  readonly code: 'SEARCH_BOUND_EXCEEDED' | 'TOO_MANY_AWARDS' | 'TOO_PRECISE'
  readonly limit: number
}

export interface StackDecision {
  readonly kind: 'DECIDED'
  readonly stackedCredentialId: StackedCredentialId
  readonly ruleVersion: number
  readonly date: string
  /** False outside the rule's dates; the outcome then says where the learner would stand. */
  readonly isRuleInForce: boolean
  readonly outcome: StackOutcome
  /** In the order of the rule. */
  readonly requirements: readonly RequirementResult[]
  /** Credits of the awards that count. */
  readonly ectsCounted: DecimalText
  /** The awards that count, ordered by id. */
  readonly uses: readonly AwardUse[]
  /** Every other award with all reasons why it does not count, ordered by id. */
  readonly excluded: readonly ExcludedAward[]
}

export const quantityUnits = [
  'ECTS',
  'AWARDS',
  'MICRO_CREDENTIALS',
  'OUTCOMES',
  'MEMBERS',
  'JURISDICTIONS',
  'STEPS',
] as const
export type QuantityUnit = (typeof quantityUnits)[number]

export interface RequirementResult {
  readonly requirementId: string
  readonly kind: RequirementKind
  readonly isMet: boolean
  readonly unit: QuantityUnit
  readonly need: DecimalText
  /** Of the awards used; may be more than needed. */
  readonly have: DecimalText
  /** `0` when met. */
  readonly missing: DecimalText
  /**
   * What is open: micro-credential ids for `ALL_OF` (all to do), `CHOOSE` and `SEQUENCE` (those of the next step: any
   * of them), outcomes for `OUTCOMES`. Empty when met and for other kinds.
   */
  readonly missingItems: readonly string[]
  /** Awards used for it, ordered by id. */
  readonly awardIds: readonly AwardId[]
}

export interface AwardUse {
  readonly awardId: AwardId
  readonly microCredentialId: MicroCredentialId
  readonly ects: DecimalText
  /** Every requirement it serves, in the order of the rule; at most one of them is `SINGLE`. */
  readonly requirementIds: readonly string[]
}

export interface ExcludedAward {
  readonly awardId: AwardId
  readonly microCredentialId: MicroCredentialId
  readonly reasons: readonly ExclusionReason[]
}

export type ExclusionReason =
  | { readonly code: 'REVOKED' | 'SUSPENDED' }
  | { readonly code: 'SUPERSEDED'; readonly by: AwardId | null }
  | { readonly code: 'NOT_YET_AWARDED'; readonly awardedOn: string }
  | { readonly code: 'USED_ELSEWHERE'; readonly by: StackedCredentialId }
  /** Does not meet a condition of `eligible`. */
  | { readonly code: 'NOT_ELIGIBLE'; readonly condition: AwardConditionKind }
  | { readonly code: 'PREREQUISITE_MISSING'; readonly missing: readonly MicroCredentialId[] }
  /** No requirement asks for anything it has. */
  | { readonly code: 'SERVES_NO_REQUIREMENT' }
  /** Could count, but nothing is gained by it: it stays free for another stacked credential. */
  | { readonly code: 'NOT_NEEDED' }
  /** Would break a limit together with the awards that count. */
  | { readonly code: 'LIMIT_REACHED'; readonly limitId: string }
  | { readonly code: 'SAME_AS'; readonly awardId: AwardId }
  | { readonly code: 'OVERLAPS'; readonly limitId: string; readonly awardId: AwardId }
