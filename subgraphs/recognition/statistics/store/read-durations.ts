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
  const { rows } = await statements.query<{
    code_1: string
    code_2: string
    weeks: number
    units: string
  }>(
    `select code_1, code_2, weeks, units from statistics_released_duration
     where release_id = $1 and view = $2 and measure = $3 ${conditions.join(' ')}`,
    [release.id, viewName(view), measure, ...limited.map((dimension) => filter[dimension])],
  )
  const distributions = new Map<string, WeekCount[]>()
  for (const row of rows) {
    const name = [row.code_1, row.code_2].slice(0, view.length).join('\n')
    const counts = distributions.get(name) ?? []
    distributions.set(name, counts)
    counts.push({ weeks: row.weeks, units: Number(row.units) })
  }
  return distributions
}
