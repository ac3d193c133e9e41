import type { LearnerId, StackedCredentialId } from '../../../schema/index.js'
import type { LocalisedText } from './localised-text.js'
import type { StackEvaluation, StackOutcome } from './stacking/stack-evaluation.js'
import type { StackingRule } from './stacking/stacking-rule.js'

/** A larger credential that awards of several members add up to, with the rule that holds now. */
export interface StackedCredential {
  readonly id: StackedCredentialId
  readonly rule: StackingRule
  readonly descriptions: LocalisedText
  /** Who awards the whole; null when the alliance does. */
  readonly awardingMember: string | null
  readonly synthetic: boolean
}

/** `UNDECIDED`: no exact answer was found within the bounds, so none is given. */
export type StackStatus = StackOutcome | 'UNDECIDED'

/** Where one learner stands towards one stacked credential since the last evaluation that changed anything. */
export interface StackState {
  readonly learnerId: LearnerId
  readonly stackedCredentialId: StackedCredentialId
  readonly ruleVersion: number
  readonly status: StackStatus
  readonly evaluation: StackEvaluation
  /** Counts changes, from 1. */
  readonly version: number
  /** ISO instant. */
  readonly evaluatedAt: string
  /** ISO instant since when it is complete; null when it is not. */
  readonly completedAt: string | null
}

export function statusOf(evaluation: StackEvaluation): StackStatus {
  return evaluation.kind === 'DECIDED' ? evaluation.outcome : 'UNDECIDED'
}
