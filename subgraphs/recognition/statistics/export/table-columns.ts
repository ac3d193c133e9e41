import { dimensions, notApplicable, totalCode } from '../domain/dimension.js'
import { type PublishedCell, shown } from '../domain/published-cell.js'
import { releaseName } from '../domain/release.js'
import type { Family, Population } from '../domain/statistics-family.js'
import type { PublishedBreakdown, PublishedRow } from '../publication/publish-breakdown.js'
import type { PublishedQuartiles } from '../publication/publish-quartiles.js'
import { type SurvivalCurve, survivalWeeks } from '../publication/publish-survival.js'
import type { DurationMeasure } from '../store/read-durations.js'

/** One observation of an export: a measure of one cell, long format. */
export interface Observation {
  readonly codes: readonly string[]
  readonly measure: string
  /** Which quartile, or after how many weeks: a code of {@link points}. */
  readonly point: string
  /** Null when hidden. */
  readonly value: number | null
  /** SDMX CL_CONF_STATUS: F free, C confidential. */
  readonly confidentiality: 'F' | 'C'
  /** Reason when hidden, else empty. */
  readonly reason: string
}

/** An export as columns and rows, before it is CSV or Parquet. */
export interface ExportTable {
  /** SDMX-like names of the dimensions, one for each code of an observation. */
  readonly concepts: readonly string[]
  readonly period: string
  readonly release: string
  /** ISO date: the latest day of recording among the events in the release; empty for none. */
  readonly asOf: string
  readonly policy: string
  readonly observations: readonly Observation[]
}

const personMeasures: Readonly<Record<Family, Readonly<Record<string, Population>>>> = {
  journey: {
    'journeys.started': 'journey.started',
    'journeys.active': 'journey.active',
    'journeys.completed': 'journey.completed',
    'journeys.withdrawn': 'journey.withdrawn',
  },
  step: {
    'steps.started': 'step.started',
    'steps.active': 'step.active',
    'steps.completed': 'step.completed',
    'steps.withdrawn': 'step.withdrawn',
  },
  stack: { 'stacks.started': 'stack.started', 'stacks.completed': 'stack.completed' },
  award: { 'awards.learners': 'award.valid' },
  request: {},
}

const unitMeasures: Readonly<Partial<Record<Family, Readonly<Record<string, Population>>>>> = {
  award: { 'awards.awards': 'award.valid' },
  request: {
    'recognition.requested': 'request.made',
    'recognition.decided': 'request.decided',
    'recognition.recognised': 'request.recognised',
    'recognition.partial': 'request.partial',
    'recognition.refused': 'request.refused',
    'recognition.pending': 'request.pending',
    'recognition.appealed': 'request.appealed',
    'recognition.automatic': 'request.automatic',
  },
}

const shares: Readonly<Partial<Record<Family, readonly [string, Population, Population]>>> = {
  journey: ['journeys.completionRate', 'journey.completed', 'journey.started'],
  step: ['steps.completionRate', 'step.completed', 'step.started'],
  stack: ['stacks.stackRate', 'stack.completed', 'stack.started'],
  request: ['recognition.recognisedShare', 'request.recognised', 'request.decided'],
}

/** Quartiles in the exports of a family: id of the measure, its distribution, and on whom it stands. */
export const exportedQuartiles: Readonly<
  Partial<Record<Family, readonly [string, DurationMeasure, Population]>>
> = {
  journey: ['journeys.timeToComplete', 'timeToComplete', 'journey.completed'],
  request: ['recognition.waitingTime', 'waitingTime', 'request.decided'],
}

/** Codes of the column POINT, with what they mean. */
export const points: Readonly<Record<string, string>> = {
  [notApplicable]: 'not applicable',
  Q1: 'lower quartile',
  Q2: 'median',
  Q3: 'upper quartile',
  ...Object.fromEntries(
    survivalWeeks.map((weeks) => [toWeekCode(weeks), `${weeks} weeks after enrolment`]),
  ),
}

/** Ids of the measures in the exports of a family, in their order. */
export function measureIdsOf(family: Family): readonly string[] {
  const share = shares[family]
  const quartiles = exportedQuartiles[family]
  return [
    ...Object.keys(personMeasures[family]),
    ...Object.keys(unitMeasures[family] ?? {}),
    ...(family === 'award' ? ['awards.ects'] : []),
    ...(share ? [share[0]] : []),
    ...(quartiles ? [quartiles[0]] : []),
    ...(family === 'journey' ? ['journeys.retained', 'journeys.completedWithin'] : []),
  ]
}

/** What is published beside the rows of a breakdown, by their places; empty where a family has none. */
export interface FiguresBeside {
  readonly quartiles: readonly PublishedQuartiles[]
  readonly curves: readonly SurvivalCurve[]
}

/** Lays a published breakdown out as observations. */
export function toExportTable(
  breakdown: PublishedBreakdown,
  beside: FiguresBeside,
  policy: string,
): ExportTable {
  const { view, request, release, rows } = breakdown
  return {
    concepts: view.map((dimension) => dimensions[dimension].code),
    period: request.period.code,
    release: releaseName(release),
    asOf: release.asOf ?? '',
    policy,
    observations: rows.flatMap((row, index) => {
      const codes = view.map((dimension) => row.codes[dimension] ?? totalCode)
      const [quartiles, curve] = [beside.quartiles[index], beside.curves[index]]
      return [
        ...observeRow(request.family, row),
        ...(quartiles ? observeQuartiles(request.family, quartiles) : []),
        ...(curve ? observeCurve(curve) : []),
      ].map((figure) => toObservation(codes, figure))
    }),
  }
}

/** A published figure with the measure it is of. */
type Figure = readonly [measure: string, cell: PublishedCell, point?: string]

function observeRow(family: Family, row: PublishedRow): readonly Figure[] {
  const share = shares[family]
  return [
    ...Object.entries(personMeasures[family]).map(
      ([measure, population]): Figure => [measure, shown(row.persons(population))],
    ),
    ...Object.entries(unitMeasures[family] ?? {}).map(
      ([measure, population]): Figure => [measure, shown(row.units(population))],
    ),
    ...(family === 'award' ? [['awards.ects', row.ects()] as const] : []),
    ...(share ? [[share[0], row.share(share[1], share[2])] as const] : []),
  ]
}

function observeQuartiles(family: Family, published: PublishedQuartiles): readonly Figure[] {
  const [measure] = exportedQuartiles[family] ?? []
  if (measure === undefined) return []
  return (['lower', 'median', 'upper'] as const).map((name, index): Figure => {
    const cell = published.kind === 'value' ? shown(published.quartiles[name]) : published
    return [measure, cell, `Q${index + 1}`]
  })
}

function observeCurve({ points: weekly }: SurvivalCurve): readonly Figure[] {
  return weekly.flatMap(({ weeks, retained, completed }): readonly Figure[] => [
    ['journeys.retained', retained, toWeekCode(weeks)],
    ['journeys.completedWithin', completed, toWeekCode(weeks)],
  ])
}

function toObservation(
  codes: readonly string[],
  [measure, cell, point = notApplicable]: Figure,
): Observation {
  const place = { codes, measure, point }
  return cell.kind === 'value'
    ? { ...place, value: cell.value, confidentiality: 'F', reason: '' }
    : { ...place, value: null, confidentiality: 'C', reason: cell.reason }
}

/** `W004`: sorts by weeks. */
function toWeekCode(weeks: number): string {
  return `W${String(weeks).padStart(3, '0')}`
}
