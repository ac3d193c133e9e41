import type { MicroCredentialId, OpportunityId } from '../../../../schema/index.js'
import type { DecimalText } from '../decimal.js'
import type { EvaluationContext, StackableAward } from './stack-evaluation.js'

/** What an opportunity of the catalogue would become for the learner: an award to be, on the day expected. */
export type CompletionCandidate = Omit<
  StackableAward,
  'id' | 'awardedOn' | 'grade' | 'status' | 'supersededBy'
> & {
  /** ISO date on which the offering ends and the award can be expected. */
  readonly expectedOn: string
}

export interface CompletionOptions extends EvaluationContext {
  /** How many sets are listed at most; default 5. */
  readonly maxSets?: number
  /** No set larger than this is looked for; default 6. */
  readonly maxSize?: number
}

export type Completions =
  | { readonly kind: 'ALREADY_FULFILLED' }
  | {
      readonly kind: 'FOUND'
      /** Fewer would not do. */
      readonly size: number
      /** Fewest credits first, then the earliest completion, then by opportunity. */
      readonly sets: readonly CompletionSet[]
      /** False when there are more sets of this size than listed. */
      readonly isAll: boolean
    }
  /** Not even all of them together would complete it. */
  | { readonly kind: 'NONE' }
  /**
   * Not decided. `SEARCH_BOUND_EXCEEDED`: `limit` steps were not enough. `SETS_TOO_LARGE`: more than `limit` would be
   * needed. `TOO_MANY_CANDIDATES`, `TOO_PRECISE`: more than is looked at.
   */
  | {
      readonly kind: 'UNDECIDED'
      readonly code:
        | 'SEARCH_BOUND_EXCEEDED'
        | 'SETS_TOO_LARGE'
        | 'TOO_MANY_CANDIDATES'
        | 'TOO_PRECISE'
      readonly limit: number
    }

export interface CompletionSet {
  /** Ordered by the day expected, then by opportunity. */
  readonly members: readonly {
    readonly opportunityId: OpportunityId
    readonly microCredentialId: MicroCredentialId
    readonly awardingMember: string
    readonly ects: DecimalText
    readonly expectedOn: string
  }[]
  readonly totalEcts: DecimalText
  /** The day on which the stack would be complete; the rule was evaluated on it. */
  readonly completedOn: string
}
