import {
  type CellChange,
  type ChangePlace,
  createCellCounter,
  type DurationChange,
} from '../domain/cell-counter.js'
import { toPeriod } from '../domain/reporting-period.js'
import { type Family, families } from '../domain/statistics-family.js'
import { countUnits } from './count-units.js'
import type { Statements } from './statistics-connection.js'
import { durationColumns } from './unit-columns.js'

/** Cells written by one statement. */
const pageSize = 5_000

/**
 * Adds what units amount to, to every cell kept ready for a family in a reporting year.
 *
 * @param from - SQL of the units, with `is_after`: see `countUnits`.
 * @returns How many learners the units are of.
 */
export async function rollUpFamily(
  statements: Statements,
  family: Family,
  reportingYear: number,
  from: string,
): Promise<number> {
  const counter = createCellCounter(family)
  const learners = await countUnits(statements, family, from, counter)
  let emptied = 0
  for (const page of pagesOf(counter.listCells())) {
    emptied += await addCells(statements, reportingYear, page)
  }
  for (const page of pagesOf(counter.listDurations())) {
    emptied += await addDurations(statements, reportingYear, page)
  }
  if (emptied > 0) await removeEmptyCells(statements, reportingYear)
  return learners
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
    [...span, (durationColumns[family] ?? []).map(([measure]) => measure)],
  )
}

/** Removes the cells of a reporting year that nobody is in any more: a rebuild would not make them. */
async function removeEmptyCells(statements: Statements, reportingYear: number): Promise<void> {
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

/** @returns How many cells nobody is in any more. */
async function addCells(
  statements: Statements,
  reportingYear: number,
  changes: readonly CellChange[],
): Promise<number> {
  const { rows } = await statements.query<{ emptied: number }>(
    `with added as (insert into statistics_cell as cell
     select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
       $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],
       $13::numeric[])
     on conflict (period_start, period_kind, view, population, code_1, code_2, code_3) do update set
       persons = cell.persons + excluded.persons,
       units = cell.units + excluded.units,
       bounded_units = cell.bounded_units + excluded.bounded_units,
       ects = cell.ects + excluded.ects,
       bounded_ects = cell.bounded_ects + excluded.bounded_ects,
       squared_ects = cell.squared_ects + excluded.squared_ects
     returning units)
     select count(*)::integer as emptied from added where units = 0`,
    [
      changes.map((change) => startOf(change, reportingYear)),
      changes.map(({ kind }) => kind),
      changes.map(({ view }) => view),
      changes.map(({ population }) => population),
      ...[0, 1, 2].map((index) => changes.map(({ codes }) => codes[index] ?? '')),
      changes.map(({ persons }) => persons),
      changes.map(({ units }) => units),
      changes.map(({ boundedUnits }) => boundedUnits),
      changes.map(({ ects }) => ects),
      changes.map(({ boundedEcts }) => boundedEcts),
      changes.map(({ squaredEcts }) => squaredEcts.toString()),
    ],
  )
  return rows[0]?.emptied ?? 0
}

/** @returns How many durations nobody took any more. */
async function addDurations(
  statements: Statements,
  reportingYear: number,
  changes: readonly DurationChange[],
): Promise<number> {
  const { rows } = await statements.query<{ emptied: number }>(
    `with added as (insert into statistics_duration as duration
     select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
       $7::integer[], $8::bigint[])
     on conflict (period_start, period_kind, view, measure, code_1, code_2, weeks) do update set
       units = duration.units + excluded.units
     returning units)
     select count(*)::integer as emptied from added where units = 0`,
    [
      changes.map((change) => startOf(change, reportingYear)),
      changes.map(({ kind }) => kind),
      changes.map(({ view }) => view),
      changes.map(({ measure }) => measure),
      ...[0, 1].map((index) => changes.map(({ codes }) => codes[index] ?? '')),
      changes.map(({ weeks }) => weeks),
      changes.map(({ units }) => units),
    ],
  )
  return rows[0]?.emptied ?? 0
}

function startOf({ kind, number }: ChangePlace, reportingYear: number): string {
  return toPeriod(kind, reportingYear, number).startsOn
}

function pagesOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / pageSize) }, (_, page) =>
    items.slice(page * pageSize, (page + 1) * pageSize),
  )
}
