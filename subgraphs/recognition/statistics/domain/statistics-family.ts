import { type Dimension, sortDimensions } from './dimension.js'
import type { PeriodKind } from './reporting-period.js'

/** What is counted: kinds of units that have a learner, a date, dimensions and states. */
export const families = {
  /** One learner's way through one pathway, by date of enrolment. */
  journey: {
    dimensions: ['pathway', 'homeMember'],
    populations: ['journey.started', 'journey.active', 'journey.completed', 'journey.withdrawn'],
    rolledUp: [[], ['pathway'], ['homeMember'], ['pathway', 'homeMember']],
  },
  /** One step of a journey, by date of enrolment of the journey. */
  step: {
    dimensions: ['pathway', 'step', 'homeMember'],
    populations: ['step.started', 'step.active', 'step.completed', 'step.withdrawn'],
    rolledUp: [
      ['pathway', 'step'],
      ['pathway', 'step', 'homeMember'],
    ],
  },
  /** One learner's way towards a stacked credential, by date of the first progress. */
  stack: {
    dimensions: ['stackedCredential', 'homeMember'],
    populations: ['stack.started', 'stack.completed'],
    rolledUp: [[], ['stackedCredential'], ['homeMember'], ['stackedCredential', 'homeMember']],
  },
  /** One valid award, by date of awarding. */
  award: {
    dimensions: [
      'homeMember',
      'awardingMember',
      'jurisdiction',
      'eqfLevel',
      'iscedField',
      'sizeBand',
      'skill',
    ],
    populations: ['award.valid'],
    rolledUp: [
      [],
      ['homeMember'],
      ['awardingMember'],
      ['jurisdiction'],
      ['eqfLevel'],
      ['iscedField'],
      ['sizeBand'],
      ['skill'],
      ['homeMember', 'awardingMember'],
      ['homeMember', 'eqfLevel'],
      ['homeMember', 'iscedField'],
      ['awardingMember', 'eqfLevel'],
      ['awardingMember', 'iscedField'],
      ['awardingMember', 'sizeBand'],
      ['awardingMember', 'skill'],
      ['jurisdiction', 'eqfLevel'],
      ['eqfLevel', 'iscedField'],
      ['eqfLevel', 'sizeBand'],
    ],
  },
  /** One request for recognition, by date of the request. */
  request: {
    dimensions: ['homeMember', 'awardingMember', 'recognisingMember'],
    populations: [
      'request.made',
      'request.decided',
      'request.recognised',
      'request.partial',
      'request.refused',
      'request.pending',
      'request.appealed',
      'request.automatic',
    ],
    rolledUp: [
      [],
      ['homeMember'],
      ['awardingMember'],
      ['recognisingMember'],
      ['awardingMember', 'recognisingMember'],
    ],
  },
} as const satisfies Readonly<Record<string, FamilyEntry>>

interface FamilyEntry {
  readonly dimensions: readonly Dimension[]
  /** States a unit can be in; one unit may be in several. */
  readonly populations: readonly string[]
  /** Breakdowns kept ready; other ones are counted when asked. */
  readonly rolledUp: readonly (readonly Dimension[])[]
}

export type Family = keyof typeof families
export type Population = (typeof families)[Family]['populations'][number]

export const familyNames = Object.keys(families) as readonly Family[]

/** How many dimensions one breakdown may have: the shorter the period, the smaller the cells. */
export const maximumDimensions: Readonly<Record<PeriodKind, number>> = {
  YEAR: 3,
  QUARTER: 2,
  MONTH: 1,
}

/** The name of a breakdown: its dimensions in order, or `total`. */
export function viewName(view: readonly Dimension[]): string {
  return view.length === 0 ? 'total' : sortDimensions(view).join(',')
}

/** The breakdowns kept ready for periods of this kind. Steps are worth nothing without their pathway, so they count once. */
export function rolledUpViews(family: Family, kind: PeriodKind): readonly (readonly Dimension[])[] {
  const views: readonly (readonly Dimension[])[] = families[family].rolledUp
  return views
    .filter((view) => breadthOf(view) <= maximumDimensions[kind])
    .map((view) => sortDimensions(view))
}

/** Dimensions of a breakdown as the limit counts them. */
export function breadthOf(view: readonly Dimension[]): number {
  return view.filter((dimension) => dimension !== 'step').length
}
