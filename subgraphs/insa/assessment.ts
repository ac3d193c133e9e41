import { translateWord } from '../catalogue/index.js'

const types: Readonly<Record<string, string>> = {
  'examen terminal': 'written examination',
  'soutenance orale': 'oral examination',
  'travaux pratiques': 'practical assessment',
  'contrôle continu': 'continuous evaluation',
  'devoir noté': 'marked assignment',
  'travail de groupe': 'group performance',
  projet: 'project work',
  'dossier de compétences': 'portfolio',
  'apprentissage par problèmes': 'problem based learning',
  'évaluation par les pairs': 'peer assessment',
  maquette: 'artefact assessment',
  'quiz en ligne': 'quiz',
}

const supervised = new Set(['examen terminal', 'soutenance orale', 'travaux pratiques'])

/** A way of testing in the words of the European list; one that is not known keeps its own word as its type. */
export function toAssessment(modality: string, gradingScale: string): unknown {
  return {
    type: translateWord(modality, types),
    description: { fr: modality },
    // Of the others the syllabus does not say whether somebody watches.
    supervised: supervised.has(modality) ? true : null,
    gradingScale,
  }
}
