import type { Pool } from 'pg'
import { HubError } from '../../../../schema/index.js'
import { type Dimension, sortDimensions } from '../domain/dimension.js'
import type { ExactCell } from '../domain/published-cell.js'
import type { CodeFilter } from '../domain/published-codes.js'
import type { Release } from '../domain/release.js'
import { type Family, families, rolledUpViews, viewName } from '../domain/statistics-family.js'
import { cellsOf, codeColumnOf } from './contribution-statements.js'
import { inTransaction, type Statements, toStatements } from './statistics-connection.js'

/** One breakdown of one family in one release. */
export interface CellRequest {
  readonly family: Family
  readonly view: readonly Dimension[]
  readonly release: Release
  readonly filter: CodeFilter
}

/** Exact cells by combination of codes (see `nameOfCodes`) and population; cells nobody is in are missing. */
export type ExactCells = ReadonlyMap<string, ReadonlyMap<string, ExactCell>>

/** Whether the breakdown is kept ready; others are counted from the units when asked. */
export function isRolledUp({ family, view, release }: Omit<CellRequest, 'filter'>): boolean {
  const name = viewName(view)
  return rolledUpViews(family, release.period.kind).some((each) => viewName(each) === name)
}

/**
 * Reads the exact cells of a breakdown from its release. What is not kept ready is counted from the units, within a time
 * budget, when the first one asks, and belongs to the release from then on.
 *
 * @throws HubError `DEADLINE_EXCEEDED` when counting takes longer than `adHocTimeoutMs`.
 */
export async function readCells(
  pool: Pool,
  request: CellRequest,
  adHocTimeoutMs: number,
): Promise<ExactCells> {
  if (request.release.id === null) return new Map()
  if (!isRolledUp(request) && !(await isCounted(toStatements(pool), request))) {
    await countWithin(pool, request, adHocTimeoutMs)
  }
  return readReleased(toStatements(pool), request)
}

async function countWithin(pool: Pool, request: CellRequest, timeoutMs: number): Promise<void> {
  try {
    await inTransaction(pool, async (statements) => {
      await statements.query(`set local statement_timeout = ${Math.round(timeoutMs)}`)
      await statements.query('select pg_advisory_xact_lock(7316043, hashtext($1))', [
        `${request.release.id} ${request.family} ${viewName(request.view)}`,
      ])
      if (!(await isCounted(statements, request))) await count(statements, request)
    })
  } catch (cause) {
    if (isTimeout(cause)) throw new HubError('DEADLINE_EXCEEDED', { timeoutMs })
    throw cause
  }
}

interface CellRow {
  readonly population: string
  readonly code_1: string
  readonly code_2: string
  readonly code_3: string
  readonly persons: string
  readonly units: string
  readonly bounded_units: string
  readonly ects: string
  readonly bounded_ects: string
  readonly squared_ects: string
}

async function readReleased(statements: Statements, request: CellRequest): Promise<ExactCells> {
  const { family, view, release, filter } = request
  const conditions = conditionsOf(view, filter, 4)
  const { rows } = await statements.query<CellRow>(
    `select population, code_1, code_2, code_3, persons, units, bounded_units, ects, bounded_ects,
       squared_ects
     from statistics_released_cell
     where release_id = $1 and view = $2 and population = any($3) ${conditions.sql}`,
    [release.id, viewName(view), families[family].populations, ...conditions.values],
  )
  return toCells(view, rows)
}

async function isCounted(
  statements: Statements,
  { family, view, release }: CellRequest,
): Promise<boolean> {
  const { rowCount } = await statements.query(
    'select from statistics_released_view where release_id = $1 and family = $2 and view = $3',
    [release.id, family, viewName(view)],
  )
  return rowCount === 1
}

/** The whole breakdown, whatever was filtered for: the next question may be about the rest of it. */
async function count(statements: Statements, request: CellRequest): Promise<void> {
  const { family, view, release } = request
  const { kind, reportingYear, startsOn, endsBefore } = release.period
  const from = `(select * from statistics_${family}
    where reporting_year = $1 and month_on >= $2 and month_on < $3)`
  await statements.query(
    `insert into statistics_released_cell
     select $4::bigint, view, population, code_1, code_2, code_3, persons, units, bounded_units,
       ects, bounded_ects, squared_ects
     from (${cellsOf({ family, view, kind, from })}) cell`,
    [reportingYear, startsOn, endsBefore, release.id],
  )
  await statements.query('insert into statistics_released_view values ($1, $2, $3)', [
    release.id,
    family,
    viewName(view),
  ])
}

function conditionsOf(view: readonly Dimension[], filter: CodeFilter, firstParameter: number) {
  const limited = sortDimensions(view).filter((dimension) => filter[dimension] !== undefined)
  return {
    sql: limited
      .map((dimension, index) => {
        return `and ${codeColumnOf(view, dimension)} = any($${firstParameter + index})`
      })
      .join(' '),
    values: limited.map((dimension) => filter[dimension]),
  }
}

function toCells(view: readonly Dimension[], rows: readonly CellRow[]): ExactCells {
  const cells = new Map<string, Map<string, ExactCell>>()
  for (const row of rows) {
    const name = [row.code_1, row.code_2, row.code_3].slice(0, view.length).join('\n')
    const cell = cells.get(name) ?? new Map<string, ExactCell>()
    cells.set(name, cell)
    cell.set(row.population, {
      persons: Number(row.persons),
      units: Number(row.units),
      boundedUnits: Number(row.bounded_units),
      ects: Number(row.ects),
      boundedEcts: Number(row.bounded_ects),
      squaredEcts: Number(row.squared_ects),
    })
  }
  return cells
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014'
}
