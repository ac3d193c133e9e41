import type { DeliveryMode, OfferingStateName, OpportunityKind } from '../catalogue/index.js'

// The words of the university's own export, in Danish, and what the catalogue calls the same. A word that is not here
// passes through, so that the validation names it with its record.

/** Kinds of opportunity. */
export const kinds: Readonly<Record<string, OpportunityKind>> = {
  mikromodul: 'MICRO_MODULE',
  kursus: 'COURSE',
  udfordring: 'CHALLENGE',
  modulpakke: 'MODULE_GROUP',
  deltidsuddannelse: 'PROGRAMME',
}

/** Ways of taking part. */
export const modes: Readonly<Record<string, DeliveryMode>> = {
  online: 'ONLINE',
  blandet: 'BLENDED',
  fremmøde: 'PRESENTIAL',
  laboratorium: 'LAB_BASED',
  projekt: 'PROJECT_BASED',
  'virtuel udveksling': 'COIL',
}

/** Whether a run takes place. */
export const states: Readonly<Record<string, OfferingStateName>> = {
  åben: 'ACTIVE',
  aflyst: 'CANCELLED',
  planlagt: 'CONCEPT',
}

/** Languages of teaching, as BCP 47 tags. */
export const languages: Readonly<Record<string, string>> = {
  dansk: 'da',
  engelsk: 'en',
}

/** Labels of the European assessment list. */
export const assessments: Readonly<Record<string, string>> = {
  'skriftlig opgave': 'marked assignment',
  onlinetest: 'quiz',
  'løbende evaluering': 'continuous evaluation',
  portfolio: 'portfolio',
  gruppefremlæggelse: 'group performance',
  'praktisk prøve': 'practical assessment',
  'skriftlig prøve': 'written examination',
  'peer-feedback': 'peer review',
  'problembaseret opgave': 'problem based learning',
  'mundtlig prøve': 'oral examination',
  projektrapport: 'project work',
  produkt: 'artefact assessment',
}

/** The forms of assessment that somebody watches; of the others the export does not say. */
export const supervised: ReadonlySet<string> = new Set([
  'skriftlig prøve',
  'mundtlig prøve',
  'praktisk prøve',
])
