/** What figures can be broken down by, each with the code it has in exports (in the manner of SDMX concepts). */
export const dimensions = {
  pathway: { code: 'PATHWAY', description: 'Learning pathway, by hub id.' },
  step: {
    code: 'STEP',
    description: 'Step of the pathway, from 1; only together with the pathway.',
  },
  stackedCredential: { code: 'STACK', description: 'Stacked credential, by hub id.' },
  homeMember: {
    code: 'HOME_INST',
    description: 'Home institution at the time, by member slug; `_X` for learners of no member.',
  },
  awardingMember: { code: 'AWARD_INST', description: 'Awarding institution, by member slug.' },
  recognisingMember: {
    code: 'RECOG_INST',
    description: 'Institution asked to recognise, by member slug.',
  },
  jurisdiction: {
    code: 'JURISDICTION',
    description: 'Jurisdiction whose rules held at awarding, ISO 3166.',
  },
  eqfLevel: {
    code: 'EQF_LEVEL',
    description: 'European level 1–8; `_U` where the jurisdiction is not referenced.',
  },
  iscedField: {
    code: 'ISCED_F',
    description: 'Broad field of education, ISCED-F 2013, two digits; an award may have several.',
  },
  sizeBand: { code: 'SIZE_BAND', description: 'Size of the award in ECTS, as a band.' },
  skill: {
    code: 'SKILL',
    description: 'Skill of the award: ESCO URI, or title where none is known.',
  },
} as const satisfies Readonly<Record<string, DimensionEntry>>

interface DimensionEntry {
  readonly code: string
  readonly description: string
}

export type Dimension = keyof typeof dimensions

/** Every dimension in the order columns and canonical cells have them. */
export const dimensionOrder = Object.keys(dimensions) as readonly Dimension[]

/** SDMX's code for a dimension that is not broken down. */
export const totalCode = '_T'
/** SDMX's code where a column says nothing about an observation. */
export const notApplicable = '_Z'
/** A learner whose home is no member. */
export const outsideCode = '_X'
/** A level that the jurisdiction does not map. */
export const unknownCode = '_U'

/** Sorts dimensions into {@link dimensionOrder} and drops repetitions. */
export function sortDimensions(names: Iterable<Dimension>): readonly Dimension[] {
  const wanted = new Set(names)
  return dimensionOrder.filter((dimension) => wanted.has(dimension))
}
