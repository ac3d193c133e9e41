import type {
  ParticipationMode,
  QualityAssuranceType,
  Supervision,
} from '../../domain/micro-credential.js'
import { type Concept, toEuropassConcept } from './concept.js'

// Codes of the European lists `snb/…` (EU Vocabularies, reuse with attribution).

const modes = {
  ONLINE: ['920fbb3cbe', 'Online'],
  BLENDED: ['e92d221e4d', 'Blended'],
  PRESENTIAL: ['9191af2ed9', 'Presential'],
  PROJECT_BASED: ['7813801c77', 'Project based'],
  LAB_BASED: ['ed4c557045', 'Research-Lab based'],
  WORK_BASED: ['729f3bed4b', 'Workbased'],
  // The European list knows neither; both are taught partly on site, partly online.
  HYBRID: ['e92d221e4d', 'Blended'],
  COIL: ['920fbb3cbe', 'Online'],
} as const satisfies Readonly<Record<ParticipationMode, readonly [string, string]>>

const assessments: Readonly<Record<string, string>> = {
  'peer assessment': '19a2e5e671',
  'marked assignment': '2939dae15f',
  'continuous evaluation': '3484bd7e51',
  portfolio: '4f03b91c0e',
  'group performance': '56539a6507',
  'practical assessment': '6a4db9f11d',
  'written examination': '6e6cb2cc78',
  'level of attendance': '7331eb4762',
  'project work': '795dac4096',
  'peer review': '812e3b0ae1',
  quiz: 'b1b68f6735',
  'problem based learning': 'c4256a2726',
  'oral examination': 'd30284d7df',
  'artefact assessment': 'de4d165a6c',
}

const accreditations = {
  INSTITUTIONAL_LICENCE: ['003293d2ce', 'Institutional License'],
  PROGRAMME_QUALITY_ASSURANCE: ['820101cba6', 'Program Quality Assurance'],
  INSTITUTIONAL_QUALITY_ASSURANCE: ['bb4618238e', 'Institutional Quality Assurance'],
  PROGRAMME_LICENCE: ['e57dddfcf3', 'Program License'],
} as const satisfies Readonly<Record<QualityAssuranceType, readonly [string, string]>>

/** Words of Annex I, element 13. The codes of `snb/supervision-verification` are unconfirmed, so none is given. */
export const supervisionLabels: Readonly<Record<Supervision, string>> = {
  UNSUPERVISED_WITHOUT_ID: 'Unsupervised with no identity verification',
  SUPERVISED_WITHOUT_ID: 'Supervised with no identity verification',
  SUPERVISED_ONLINE_WITH_ID: 'Supervised online with identity verification',
  SUPERVISED_ONSITE_WITH_ID: 'Supervised onsite with identity verification',
}

export function toModeConcept(mode: ParticipationMode): Concept {
  const [code, label] = modes[mode]
  return toEuropassConcept('learning-assessment', code, label)
}

/** The concept of an assessment type by its English label; null for a label the list does not have. */
export function toAssessmentConcept(label: string): Concept | null {
  const code = assessments[label]
  return code === undefined ? null : toEuropassConcept('assessment', code, label)
}

export function toAccreditationConcept(type: QualityAssuranceType): Concept {
  const [code, label] = accreditations[type]
  return toEuropassConcept('accreditation', code, label)
}

/** @param level - 1–8. */
export function toEqfConcept(level: number): Concept {
  return toEuropassConcept('eqf', String(level), `Level ${level}`)
}

/** @param code - ISCED-F 2013, two to four digits. */
export function toIscedConcept(code: string): Concept {
  return toEuropassConcept('isced-f', code, `ISCED-F ${code}`)
}

/** A level of a national framework, by its own URI in `snb/qdr`. */
export function toNqfConcept(uri: string, label: string): Concept {
  return toEuropassConcept('qdr', uri.slice(uri.lastIndexOf('/') + 1), label)
}

export const ectsConcept = toEuropassConcept(
  'education-credit',
  '6fcec5c5af',
  'European Credit Transfer System',
)
export const formalLearningConcept = toEuropassConcept(
  'learning-setting',
  '6fd4685715',
  'formal learning',
)
export const genericProfileConcept = toEuropassConcept('credential', 'e34929035b', 'Generic')
export const mandateConcept = toEuropassConcept('evidence-type', 'c_18016257', 'Mandate')
export const base64Concept = toEuropassConcept('encoding', '6146cde7dd', 'base64')
