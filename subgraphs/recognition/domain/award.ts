import type { AwardId, LearnerId, MicroCredentialId, OpportunityId } from '../../../schema/index.js'
import type { DecimalText } from './decimal.js'
import type { LearningOutcome, Supervision } from './micro-credential.js'

/**
 * What one learner was awarded by one member: the only thing that stacks, moves and is certified.
 *
 * Everything a decision needs is copied in at awarding time: a definition may change later, what was earned may not.
 */
export interface Award {
  readonly id: AwardId
  readonly learnerId: LearnerId
  readonly microCredentialId: MicroCredentialId
  readonly opportunityId: OpportunityId
  readonly awardingMember: string
  readonly jurisdictionCode: string
  /** ISO date of awarding, in the awarding member's calendar. */
  readonly awardedOn: string
  /** Exact; `0` for what bears no credit. */
  readonly ects: DecimalText
  /** 1–8; null where the jurisdiction is not referenced to the European framework. */
  readonly eqfLevel: number | null
  /** ISCED-F 2013 codes of two to four digits. */
  readonly iscedF: readonly string[]
  readonly learningOutcomes: readonly LearningOutcome[]
  /** As the awarding member wrote it; null when only passed. */
  readonly grade: OriginalGrade | null
  readonly supervision: Supervision
  readonly isCapstone: boolean
  /** A reference to the accreditation it stands on; null when none was given. */
  readonly accreditation: string | null
  readonly status: AwardStatus
  /** The award that replaces this one, when superseded. */
  readonly supersededBy: AwardId | null
  /** Counts changes; for optimistic locking. */
  readonly version: number
  readonly synthetic: boolean
}

/** Revoked: an error, misconduct or a lost accreditation. Superseded: corrected by another. Neither is ever deleted. */
export const awardStatuses = ['VALID', 'SUSPENDED', 'REVOKED', 'SUPERSEDED'] as const
export type AwardStatus = (typeof awardStatuses)[number]

export interface OriginalGrade {
  /** On the awarding member's own scale, e.g. `B`, `8.5`, `1,7`. */
  readonly value: string
  /** Name of that scale in the jurisdiction's data. */
  readonly scale: string
}
