import { periodKinds, toPeriod } from '../domain/reporting-period.js'
import { type Family, families, rolledUpViews } from '../domain/statistics-family.js'
import { type ContributionSource, cellsOf, durationsOf } from './contribution-statements.js'
import type { Statements } from './statistics-connection.js'

/** Durations that are kept by week: measure and column of the units, by family. */
const durations: Readonly<Partial<Record<Family, readonly (readonly [string, string])[]>>> = {
  journey: [
    ['timeToComplete', 'weeks_to_complete'],
    ['timeToWithdraw', 'weeks_to_withdraw'],
  ],
  request: [['waitingTime', 'weeks_waited']],
}

/**
 * Adds what units amount to to every cell kept ready for a family.
 *
 * @param from - SQL of the units, with `is_after`: see `cellsOf`.
 */
export async function rollUpFamily(
  statements: Statements,
  family: Family,
  from: string,
): Promise<void> {
  for (const kind of periodKinds) {
    for (const view of rolledUpViews(family, kind)) {
      const source: ContributionSource = { family, view, kind, from }
      await statements.query(addCells(cellsOf(source)))
      for (const [measure, column] of durations[family] ?? []) {
        await statements.query(addDurations(durationsOf(source, measure, column)))
      }
    }
  }
}

/** Removes the cells of a family in a reporting year. */
export async function removeCells(
  statements: Statements,
  family: Family,
  reportingYear: number,
): Promise<void> {
  const span = spanOf(reportingYear)
  await statements.query(
    `delete from statistics_cell
     where period_start >= $1 and period_start < $2 and population = any($3)`,
    [...span, families[family].populations],
  )
  await statements.query(
    `delete from statistics_duration
     where period_start >= $1 and period_start < $2 and measure = any($3)`,
    [...span, (durations[family] ?? []).map(([measure]) => measure)],
  )
}

/** Removes the cells of a reporting year that nobody is in any more: a rebuild would not make them. */
export async function removeEmptyCells(
  statements: Statements,
  reportingYear: number,
): Promise<void> {
  for (const table of ['statistics_cell', 'statistics_duration']) {
    await statements.query(
      `delete from ${table} where units = 0 and period_start >= $1 and period_start < $2`,
      spanOf(reportingYear),
    )
  }
}

function spanOf(reportingYear: number): [string, string] {
  const { startsOn, endsBefore } = toPeriod('YEAR', reportingYear, 1)
  return [startsOn, endsBefore]
}

const addCells = (query: string) => `
  insert into statistics_cell as cell ${query}
  on conflict (period_start, period_kind, view, population, code_1, code_2, code_3) do update set
    persons = cell.persons + excluded.persons,
    units = cell.units + excluded.units,
    bounded_units = cell.bounded_units + excluded.bounded_units,
    ects = cell.ects + excluded.ects,
    bounded_ects = cell.bounded_ects + excluded.bounded_ects,
    squared_ects = cell.squared_ects + excluded.squared_ects`

const addDurations = (query: string) => `
  insert into statistics_duration as duration ${query}
  on conflict (period_start, period_kind, view, measure, code_1, code_2, weeks) do update set
    units = duration.units + excluded.units`
