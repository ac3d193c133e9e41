import { dimensions, totalCode } from '../domain/dimension.js'
import type { PublishedCell } from '../domain/published-cell.js'
import { releaseName } from '../domain/release.js'
import type { Family, Population } from '../domain/statistics-family.js'
import type { PublishedBreakdown, PublishedRow } from '../publication/publish-breakdown.js'

/** One observation of an export: a measure of one cell, long format. */
export interface Observation {
  readonly codes: readonly string[]
  readonly measure: string
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

/** Ids of the measures in the exports of a family, in their order. */
export function measureIdsOf(family: Family): readonly string[] {
  const share = shares[family]
  return [
    ...Object.keys(personMeasures[family]),
    ...Object.keys(unitMeasures[family] ?? {}),
    ...(family === 'award' ? ['awards.ects'] : []),
    ...(share ? [share[0]] : []),
  ]
}

/** Lays a published breakdown out as observations. */
export function toExportTable(breakdown: PublishedBreakdown, policy: string): ExportTable {
  const { view, request, release, rows } = breakdown
  return {
    concepts: view.map((dimension) => dimensions[dimension].code),
    period: request.period.code,
    release: releaseName(release),
    policy,
    observations: rows.flatMap((row) => observe(request.family, row, breakdown)),
  }
}

function observe(
  family: Family,
  row: PublishedRow,
  { view }: PublishedBreakdown,
): readonly Observation[] {
  const codes = view.map((dimension) => row.codes[dimension] ?? totalCode)
  const toObservation = (measure: string, cell: PublishedCell): Observation =>
    cell.kind === 'value'
      ? { codes, measure, value: cell.value, confidentiality: 'F', reason: '' }
      : { codes, measure, value: null, confidentiality: 'C', reason: cell.reason }
  const count = (measure: string, value: number) => toObservation(measure, { kind: 'value', value })
  const share = shares[family]
  return [
    ...Object.entries(personMeasures[family]).map(([measure, population]) =>
      count(measure, row.persons(population)),
    ),
    ...Object.entries(unitMeasures[family] ?? {}).map(([measure, population]) =>
      count(measure, row.units(population)),
    ),
    ...(family === 'award' ? [toObservation('awards.ects', row.ects())] : []),
    ...(share ? [toObservation(share[0], row.share(share[1], share[2]))] : []),
  ]
}
