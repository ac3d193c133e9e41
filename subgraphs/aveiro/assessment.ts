import { translateWord } from '../catalogue/index.js'

const types: Readonly<Record<string, string>> = {
  'exame final': 'written examination',
  'prova oral': 'oral examination',
  'avaliação prática': 'practical assessment',
  'avaliação contínua': 'continuous evaluation',
  'trabalho individual': 'marked assignment',
  'trabalho de grupo': 'group performance',
  projeto: 'project work',
  portefólio: 'portfolio',
  'resolução de problemas': 'problem based learning',
  'revisão por pares': 'peer review',
  peça: 'artefact assessment',
  'teste online': 'quiz',
}

const supervised = new Set(['exame final', 'prova oral', 'avaliação prática'])

/** An element of assessment in the words of the European list; one that is not known keeps its own word as its type. */
export function toAssessment(element: string, gradingScale: string): unknown {
  return {
    type: translateWord(element, types),
    description: { pt: element },
    // Of the others the sheet does not say whether somebody watches.
    supervised: supervised.has(element) ? true : null,
    gradingScale,
  }
}
