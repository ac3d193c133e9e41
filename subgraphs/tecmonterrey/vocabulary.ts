import type { DeliveryMode, OfferingStateName, OpportunityKind } from '../catalogue/index.js'

// The words of the university's own export, in Spanish, and what the catalogue calls the same. A word that is not here
// passes through, so that the validation names it with its record.

/** Kinds of opportunity. */
export const kinds: Readonly<Record<string, OpportunityKind>> = {
  micromódulo: 'MICRO_MODULE',
  'unidad de formación': 'COURSE',
  reto: 'CHALLENGE',
  concentración: 'MODULE_GROUP',
  diplomado: 'PROGRAMME',
}

/** Ways of taking part. */
export const modes: Readonly<Record<string, DeliveryMode>> = {
  'en línea': 'ONLINE',
  semipresencial: 'BLENDED',
  presencial: 'PRESENTIAL',
  laboratorio: 'LAB_BASED',
  'por proyecto': 'PROJECT_BASED',
  'intercambio virtual': 'COIL',
}

/** Whether a run takes place. */
export const states: Readonly<Record<string, OfferingStateName>> = {
  abierto: 'ACTIVE',
  cancelado: 'CANCELLED',
  'en planeación': 'CONCEPT',
}

/** Languages of teaching, as BCP 47 tags. */
export const languages: Readonly<Record<string, string>> = {
  español: 'es',
  inglés: 'en',
}

/** Labels of the European assessment list. */
export const assessments: Readonly<Record<string, string>> = {
  'tarea evaluada': 'marked assignment',
  'cuestionario en línea': 'quiz',
  'evaluación continua': 'continuous evaluation',
  'portafolio de evidencias': 'portfolio',
  'desempeño en equipo': 'group performance',
  'práctica de laboratorio': 'practical assessment',
  'examen escrito': 'written examination',
  'revisión entre pares': 'peer review',
  'solución de problemas': 'problem based learning',
  'examen oral': 'oral examination',
  proyecto: 'project work',
  prototipo: 'artefact assessment',
}

/** The forms of assessment that somebody watches; of the others the export does not say. */
export const supervised: ReadonlySet<string> = new Set([
  'examen escrito',
  'examen oral',
  'práctica de laboratorio',
])
