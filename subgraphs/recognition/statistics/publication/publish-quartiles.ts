import type { Dimension } from '../domain/dimension.js'
import { type Quartiles, quartilesOf } from '../domain/duration-quartiles.js'
import { medianSuppression } from '../domain/publish-derived.js'
import { hidden, type SuppressionReason } from '../domain/published-cell.js'
import { type CodeSet, nameOfCodes } from '../domain/published-codes.js'
import type { Release } from '../domain/release.js'
import { isClosed, periodOf, type ReportingPeriod } from '../domain/reporting-period.js'
import type { Family, Population } from '../domain/statistics-family.js'
import { isRolledUp, readCells } from '../store/read-cells.js'
import { type DurationMeasure, readDurations } from '../store/read-durations.js'
import { toStatements } from '../store/statistics-connection.js'
import {
  type PublicationContext,
  type PublishedBreakdown,
  publishRow,
} from './publish-breakdown.js'

/** Quartiles of a row in completed weeks, or why there are none. */
export type PublishedQuartiles =
  | { readonly kind: 'value'; readonly quartiles: Quartiles }
  | { readonly kind: 'suppressed'; readonly reason: SuppressionReason }

/** Publishes quartiles for each row of a breakdown, by its place. */
export async function publishQuartiles(
  context: PublicationContext,
  { request, view, release, rows }: PublishedBreakdown,
  measure: DurationMeasure,
  population: Population,
): Promise<readonly PublishedQuartiles[]> {
  const { family, period, filter } = request
  const isReady = isRolledUp({ family, view, release })
  if (context.publication.policy.differentialPrivacy || !isReady) {
    return rows.map(() => none('NOT_IN_THIS_POLICY'))
  }
  const statements = toStatements(context.pool)
  const [distributions, ...parents] = await Promise.all([
    readDurations(statements, { view, release, filter }, measure),
    ...parentsOf(view, period, context.today).map((parent) =>
      readParent(context, release, family, parent, population),
    ),
  ])
  return rows.map((row) => {
    const suppression = medianSuppression(context.publication.policy, {
      publishedCount: row.persons(population),
      publishedParents: parents.map((countOf) => countOf(row.codes)),
    })
    if (suppression?.kind === 'suppressed') return suppression
    const quartiles = quartilesOf(distributions.get(nameOfCodes(view, row.codes)) ?? [])
    return quartiles ? { kind: 'value', quartiles } : none('FEW_PERSONS')
  })
}

/** The published counts of a parent's cells, by the codes of a cell that is part of them. */
async function readParent(
  context: PublicationContext,
  own: Release,
  family: Family,
  { view, period }: Parent,
  population: Population,
): Promise<(codes: CodeSet) => number> {
  // Parts and wholes of one period are of one release, whatever is released meanwhile.
  const release = period === own.period ? own : await context.release({ family, period }, view)
  const exact = await readCells(
    context.pool,
    { family, view, release, filter: {} },
    context.adHocTimeoutMs,
  )
  const known = new Map<string, number>()
  return (codes) => {
    const parts = view.map((dimension) => [dimension, codes[dimension]])
    const whole: CodeSet = Object.fromEntries(parts)
    const name = nameOfCodes(view, whole)
    const count =
      known.get(name) ?? publishRow(context, release, view, whole, exact).persons(population)
    known.set(name, count)
    return count
  }
}

interface Parent {
  readonly view: readonly Dimension[]
  readonly period: ReportingPeriod
}

/** The cells a cell is directly part of: without one of its dimensions, or in the next longer period that is over. */
function parentsOf(
  view: readonly Dimension[],
  period: ReportingPeriod,
  today: string,
): readonly Parent[] {
  const wider = view.map((left) => ({ view: view.filter((each) => each !== left), period }))
  if (period.kind === 'YEAR') return wider
  const longer = periodOf(period.kind === 'MONTH' ? 'QUARTER' : 'YEAR', period.startsOn)
  return isClosed(longer, today) ? [...wider, { view, period: longer }] : wider
}

function none(reason: SuppressionReason): PublishedQuartiles {
  return hidden(reason) as PublishedQuartiles
}
