import type {
  AwardId,
  EquivalenceId,
  LearnerId,
  OpportunityId,
  RecognitionRequestId,
} from '../../../../schema/index.js'
import type { DecimalText } from '../decimal.js'

/**
 * A learner's request that a member recognise what another one awarded.
 *
 * ```
 * PENDING ── decided ──▶ DECIDED ── appealed ──▶ APPEALED ── decided ──▶ FINAL
 *    └───── withdrawn ──▶ WITHDRAWN ◀── withdrawn ──┘
 * ```
 * Lisbon Recognition Convention: what was earned is recognised unless the one who decides shows a substantial difference.
 */
export interface RecognitionRequest {
  readonly id: RecognitionRequestId
  readonly learnerId: LearnerId
  readonly awardId: AwardId
  /** Credits of the award, exact: what can be recognised at most. */
  readonly ects: DecimalText
  readonly awardedOpportunityId: OpportunityId
  readonly awardingMember: string
  readonly recognisingMember: string
  /** What the learner wants it to count as there; null: as free credits. */
  readonly targetOpportunityId: OpportunityId | null
  readonly requestedOn: string
  /** ISO date by which the member decides; a later decision is valid and on record as late. */
  readonly decideBy: string
  readonly evidence: readonly Evidence[]
  readonly state: RequestState
  /** All decisions, the first and the one on appeal; the last one holds. Nothing is taken back. */
  readonly decisions: readonly RecognitionDecision[]
  readonly appeal: Appeal | null
  /** Everything that happened, oldest first; only ever longer. */
  readonly trail: readonly TrailEntry[]
  /** Counts changes; for optimistic locking. */
  readonly version: number
}

export const requestStates = ['PENDING', 'DECIDED', 'APPEALED', 'FINAL', 'WITHDRAWN'] as const
export type RequestState = (typeof requestStates)[number]

export interface Evidence {
  readonly title: string
  /** Where the document is; never the document. */
  readonly reference: string
}

export const decisionOutcomes = ['RECOGNISED', 'PARTIAL', 'REFUSED_SUBSTANTIAL_DIFFERENCE'] as const
export type DecisionOutcome = (typeof decisionOutcomes)[number]

/**
 * What two qualifications or periods of study can differ in so much that one cannot stand for the other.
 * General knowledge of recognition practice (five elements: level, workload, quality, profile, outcomes); unverified.
 */
export const substantialDifferences = [
  'LEVEL',
  'WORKLOAD',
  'QUALITY',
  'PROFILE',
  'LEARNING_OUTCOMES',
] as const

export interface DifferenceReason {
  readonly difference: (typeof substantialDifferences)[number]
  /** In what it differs, for the learner to read and to appeal against. */
  readonly explanation: string
}

export interface RecognitionDecision {
  readonly outcome: DecisionOutcome
  /** All of the award's for `RECOGNISED`, `0` for a refusal. */
  readonly recognisedEcts: DecimalText
  /** At least one for anything less than `RECOGNISED`. */
  readonly reasons: readonly DifferenceReason[]
  readonly decidedOn: string
  readonly decidedBy: Actor
  /** The agreement that decided; null when a person did. */
  readonly equivalenceId: EquivalenceId | null
  readonly isLate: boolean
  /** Last ISO date for an appeal; null when there is nothing to appeal against, or it was decided on appeal. */
  readonly appealUntil: string | null
}

export interface Appeal {
  readonly appealedOn: string
  readonly grounds: string
  readonly decideBy: string
}

/** `id` is an opaque subject or agreement id. Personal data for people: not for logs. */
export type Actor =
  | { readonly kind: 'LEARNER'; readonly id: string }
  | { readonly kind: 'REGISTRAR'; readonly id: string; readonly member: string }
  | { readonly kind: 'AGREEMENT'; readonly id: EquivalenceId }

export interface TrailEntry {
  /** ISO instant. */
  readonly at: string
  readonly by: Actor
  readonly action: 'REQUESTED' | 'EVIDENCE_ADDED' | 'DECIDED' | 'APPEALED' | 'WITHDRAWN'
  readonly from: RequestState | null
  readonly to: RequestState
}

/** Days for each step. Numbers of the alliance's own; illustrative until published. */
export interface DecisionPolicy {
  readonly decideWithinDays: number
  readonly appealWithinDays: number
}

export const illustrativeDecisionPolicy: DecisionPolicy = {
  decideWithinDays: 35,
  appealWithinDays: 30,
}
