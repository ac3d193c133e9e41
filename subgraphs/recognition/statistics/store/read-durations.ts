import { sortDimensions } from '../domain/dimension.js'
import type { WeekCount } from '../domain/duration-quartiles.js'
import { viewName } from '../domain/statistics-family.js'
import { codeColumnOf } from './contribution-statements.js'
import type { CellRequest } from './read-cells.js'
import type { Statements } from './statistics-connection.js'

/** What is kept by week. */
export const durationMeasures = ['timeToComplete', 'timeToWithdraw', 'waitingTime'] as const
export type DurationMeasure = (typeof durationMeasures)[number]

/** Distributions by week for each combination of codes of a rolled-up breakdown (see `nameOfCodes`). */
export async function readDurations(
  statements: Statements,
  request: Omit<CellRequest, 'family'>,
  measure: DurationMeasure,
): Promise<ReadonlyMap<string, readonly WeekCount[]>> {
  const { view, release, filter } = request
  if (release.id === null) return new Map()
  const limited = sortDimensions(view).filter((dimension) => filter[dimension] !== undefined)
  const conditions = limited.map(
    (dimension, index) => `and ${codeColumnOf(view, dimension)} = any($${index + 4})`,
  )
  // One text for each cell: of a row for each week, more time goes into reading rows than into anything else.
  const { rows } = await statements.query<{ code_1: string; code_2: string; counts: string }>(
    `select code_1, code_2, string_agg(weeks || ':' || units, ' ') as counts
     from statistics_released_duration
     where release_id = $1 and view = $2 and measure = $3 ${conditions.join(' ')}
     group by code_1, code_2`,
    [release.id, viewName(view), measure, ...limited.map((dimension) => filter[dimension])],
  )
  return new Map(
    rows.map((row) => [
      [row.code_1, row.code_2].slice(0, view.length).join('\n'),
      row.counts.split(' ').map(toWeekCount),
    ]),
  )
}

function toWeekCount(text: string): WeekCount {
  const [weeks, units] = text.split(':')
  return { weeks: Number(weeks), units: Number(units) }
}
