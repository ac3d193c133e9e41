import type { DeliveryMode, OfferingStateName, OpportunityKind } from '../catalogue/index.js'

// The words of the university's own export, in Catalan, and what the catalogue calls the same. A word that is not here
// passes through, so that the validation names it with its record.

export const kinds: Readonly<Record<string, OpportunityKind>> = {
  microcredencial: 'MICRO_MODULE',
  assignatura: 'COURSE',
  repte: 'CHALLENGE',
  itinerari: 'MODULE_GROUP',
  'programa curt': 'PROGRAMME',
}

export const modes: Readonly<Record<string, DeliveryMode>> = {
  virtual: 'ONLINE',
  semipresencial: 'BLENDED',
  híbrida: 'HYBRID',
  presencial: 'PRESENTIAL',
  projecte: 'PROJECT_BASED',
  laboratori: 'LAB_BASED',
}

export const states: Readonly<Record<string, OfferingStateName>> = {
  oberta: 'ACTIVE',
  anul·lada: 'CANCELLED',
  'en preparació': 'CONCEPT',
}

export const languages: Readonly<Record<string, string>> = {
  català: 'ca',
  castellà: 'es',
  anglès: 'en',
}

/** Labels of the European assessment list. */
export const assessments: Readonly<Record<string, string>> = {
  'treball avaluat': 'marked assignment',
  'avaluació contínua': 'continuous evaluation',
  "carpeta d'aprenentatge": 'portfolio',
  'examen escrit': 'written examination',
  'examen oral': 'oral examination',
  projecte: 'project work',
  'prova pràctica': 'practical assessment',
  qüestionari: 'quiz',
  coavaluació: 'peer assessment',
  'treball en grup': 'group performance',
  "avaluació d'un producte": 'artefact assessment',
  assistència: 'level of attendance',
}

export const semesters: Readonly<Record<string, string>> = {
  '1': 'primer semestre',
  '2': 'segon semestre',
}
