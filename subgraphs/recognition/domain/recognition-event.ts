import type {
  AwardId,
  CredentialId,
  LearnerId,
  MicroCredentialId,
  OpportunityId,
  PathwayId,
  RecognitionRequestId,
  StackedCredentialId,
} from '../../../schema/index.js'
import type { DecimalText } from './decimal.js'

/**
 * Something that happened in recognition, as written to the outbox in the transaction that made it so. Whoever follows
 * (stacks, credentials, statistics) reads these in the order of `sequence` and must bear seeing one twice.
 *
 * Self-contained: a follower needs no other table. `learnerId` is personal data and stays in this subgraph's database.
 */
export interface RecognitionEvent {
  /** Rises without reuse; gaps are possible. */
  readonly sequence: bigint
  /** The same for a repeated delivery of the same thing. */
  readonly id: string
  /** When it was so in the world: an ISO date. May lie before events that were recorded earlier. */
  readonly occurredOn: string
  /** When we got to know: an ISO instant. */
  readonly recordedAt: string
  readonly learnerId: LearnerId
  /** Slug of the learner's home member at that time; null when it is none of ours. */
  readonly homeMember: string | null
  /** The id of an earlier event that this one corrects; that one no longer counts. */
  readonly corrects: string | null
  readonly fact: RecognitionFact
}

export type RecognitionFact =
  | PathwayFact
  | AwardFact
  | StackFact
  | RecognitionRequestFact
  | CredentialFact

/** A learner's way through a pathway. `position` is the step's, from 1. */
export type PathwayFact =
  | { readonly kind: 'pathway.enrolled'; readonly pathwayId: PathwayId }
  | {
      readonly kind: 'pathway.stepStarted' | 'pathway.stepCompleted'
      readonly pathwayId: PathwayId
      readonly position: number
      readonly opportunityId: OpportunityId
    }
  | { readonly kind: 'pathway.completed' | 'pathway.withdrawn'; readonly pathwayId: PathwayId }

export interface AwardFact {
  readonly kind:
    | 'award.made'
    | 'award.revoked'
    | 'award.suspended'
    | 'award.reinstated'
    | 'award.superseded'
  readonly awardId: AwardId
  readonly microCredentialId: MicroCredentialId
  readonly opportunityId: OpportunityId
  readonly awardingMember: string
  readonly jurisdictionCode: string
  readonly ects: DecimalText
  readonly eqfLevel: number | null
  readonly iscedF: readonly string[]
  /** ESCO URIs, or titles where no URI is known. */
  readonly skills: readonly string[]
  /** The award that takes its place, for `award.superseded`. */
  readonly supersededBy: AwardId | null
}

/** Where a learner stands towards a stacked credential after a re-evaluation. `reopened`: was complete, is no more. */
export interface StackFact {
  readonly kind: 'stack.progressed' | 'stack.completed' | 'stack.reopened'
  readonly stackedCredentialId: StackedCredentialId
  readonly ruleVersion: number
  readonly ectsCounted: DecimalText
  readonly requirementsMet: number
  readonly requirementsTotal: number
  /** Awards that count now, ordered by id. */
  readonly awardIds: readonly AwardId[]
}

export interface RecognitionRequestFact {
  readonly kind: 'recognition.requested' | 'recognition.decided' | 'recognition.appealed'
  readonly requestId: RecognitionRequestId
  readonly recognisingMember: string
  readonly awardingMember: string
  /** Null until decided. */
  readonly outcome: 'RECOGNISED' | 'PARTIAL' | 'REFUSED_SUBSTANTIAL_DIFFERENCE' | null
  /** Whether an equivalence agreement decided. */
  readonly isAutomatic: boolean
}

export interface CredentialFact {
  readonly kind: 'credential.issued' | 'credential.revoked'
  readonly credentialId: CredentialId
  readonly awardId: AwardId
  readonly format: string
}
