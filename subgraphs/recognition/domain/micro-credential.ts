import type { InstitutionId, MicroCredentialId, OpportunityId } from '../../../schema/index.js'
import type { DecimalText } from './decimal.js'
import type { Fact } from './fact.js'
import type { LocalisedText } from './localised-text.js'

/**
 * What a micro-credential certifies, before anybody has earned it.
 * Its fields are those of Annex I of Council Recommendation 2022/C 243/02 that do not depend on the learner.
 */
export interface MicroCredential {
  readonly id: MicroCredentialId
  readonly titles: LocalisedText
  readonly descriptions: LocalisedText
  readonly ects: DecimalText
  /** 1–8; null where the awarding jurisdiction is not referenced to the European framework. */
  readonly eqfLevel: number | null
  /** ISCED-F 2013 codes of two to four digits: those of its opportunity in the catalogue. */
  readonly iscedF: readonly string[]
  readonly learningOutcomes: readonly LearningOutcome[]
  /** A label of the European assessment list, e.g. `project work`. */
  readonly assessmentType: string
  /** Form of participation. */
  readonly mode: ParticipationMode
  readonly qualityAssurance: QualityAssuranceType
  readonly supervision: Supervision
  readonly stackability: Stackability
  /** Null when there are none. */
  readonly prerequisites: LocalisedText | null
  /** The institution that awards; the foundation that issues and seals is another one. */
  readonly awardingInstitutionId: InstitutionId
  readonly awardingMember: string
  /** From the member register. */
  readonly jurisdictionCode: string
  /** What a learner takes to earn it. One opportunity leads to at most one micro-credential. */
  readonly opportunityId: OpportunityId
  /** True for sample data that no university published. */
  readonly synthetic: boolean
}

export interface LearningOutcome {
  readonly titles: LocalisedText
  readonly skills: readonly OutcomeSkill[]
}

export interface OutcomeSkill {
  /** `http://data.europa.eu/esco/skill/<uuid>`; null until somebody has looked it up. */
  readonly escoUri: string | null
  readonly titles: LocalisedText
}

/** The legal person that issues and seals on behalf of the awarding members. */
export type IssuingBody = Fact<{
  readonly name: string
  readonly countryCode: string
  readonly homepage: string | null
  /** Number in a business register; null until confirmed. */
  readonly legalIdentifier: string | null
}>

/** Labels of the European assessment list (`snb/assessment`). */
export const assessmentTypes = [
  'artefact assessment',
  'continuous evaluation',
  'group performance',
  'level of attendance',
  'marked assignment',
  'oral examination',
  'peer assessment',
  'peer review',
  'portfolio',
  'practical assessment',
  'problem based learning',
  'project work',
  'quiz',
  'written examination',
] as const

/** The same values as the catalogue's modes of delivery. */
export const participationModes = [
  'ONLINE',
  'BLENDED',
  'HYBRID',
  'PRESENTIAL',
  'PROJECT_BASED',
  'LAB_BASED',
  'WORK_BASED',
  'COIL',
] as const
export type ParticipationMode = (typeof participationModes)[number]

/** As in the European accreditation list (`snb/accreditation`). */
export const qualityAssuranceTypes = [
  'INSTITUTIONAL_LICENCE',
  'INSTITUTIONAL_QUALITY_ASSURANCE',
  'PROGRAMME_LICENCE',
  'PROGRAMME_QUALITY_ASSURANCE',
] as const
export type QualityAssuranceType = (typeof qualityAssuranceTypes)[number]

/** Supervision and identity verification during assessment, Annex I element 13. */
export const supervisions = [
  'UNSUPERVISED_WITHOUT_ID',
  'SUPERVISED_WITHOUT_ID',
  'SUPERVISED_ONLINE_WITH_ID',
  'SUPERVISED_ONSITE_WITH_ID',
] as const
export type Supervision = (typeof supervisions)[number]

/** Annex I element 15: stands alone, or counts towards another credential. */
export const stackabilities = ['STANDALONE', 'INTEGRATED'] as const
export type Stackability = (typeof stackabilities)[number]
