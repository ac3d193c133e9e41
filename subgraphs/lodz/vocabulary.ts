import type { DeliveryMode, OfferingStateName, OpportunityKind } from '../catalogue/index.js'

// The words of the university's own export, in Polish, and what the catalogue calls the same. A word that is not here
// passes through, so that the validation names it with its record.

/** Kinds of opportunity. */
export const kinds: Readonly<Record<string, OpportunityKind>> = {
  mikromoduł: 'MICRO_MODULE',
  przedmiot: 'COURSE',
  wyzwanie: 'CHALLENGE',
  'grupa zajęć': 'MODULE_GROUP',
  'studia podyplomowe': 'PROGRAMME',
}

/** Ways of taking part. */
export const modes: Readonly<Record<string, DeliveryMode>> = {
  zdalnie: 'ONLINE',
  hybrydowo: 'BLENDED',
  stacjonarnie: 'PRESENTIAL',
  laboratorium: 'LAB_BASED',
  projekt: 'PROJECT_BASED',
  'wymiana wirtualna': 'COIL',
}

/** Whether a run takes place. */
export const states: Readonly<Record<string, OfferingStateName>> = {
  otwarta: 'ACTIVE',
  odwołana: 'CANCELLED',
  planowana: 'CONCEPT',
}

/** Languages of teaching, as BCP 47 tags. */
export const languages: Readonly<Record<string, string>> = {
  polski: 'pl',
  angielski: 'en',
}

/** Labels of the European assessment list. */
export const assessments: Readonly<Record<string, string>> = {
  'praca pisemna': 'marked assignment',
  'test internetowy': 'quiz',
  'ocena ciągła': 'continuous evaluation',
  portfolio: 'portfolio',
  'praca zespołowa': 'group performance',
  'ćwiczenia laboratoryjne': 'practical assessment',
  'egzamin pisemny': 'written examination',
  'ocena koleżeńska': 'peer review',
  'zadanie problemowe': 'problem based learning',
  'egzamin ustny': 'oral examination',
  projekt: 'project work',
  wytwór: 'artefact assessment',
}

/** The forms of assessment that somebody watches; of the others the export does not say. */
export const supervised: ReadonlySet<string> = new Set([
  'egzamin pisemny',
  'egzamin ustny',
  'ćwiczenia laboratoryjne',
])
