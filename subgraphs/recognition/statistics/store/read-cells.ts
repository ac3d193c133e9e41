import type { Pool } from 'pg'
import { HubError } from '../../../../schema/index.js'
import { type Dimension, sortDimensions } from '../domain/dimension.js'
import type { ExactCell } from '../domain/published-cell.js'
import type { CodeFilter } from '../domain/published-codes.js'
import type { ReportingPeriod } from '../domain/reporting-period.js'
import { type Family, families, rolledUpViews, viewName } from '../domain/statistics-family.js'
import { cellsOf, codeColumnOf } from './contribution-statements.js'
import { inTransaction, type Statements, toStatements } from './statistics-connection.js'

/** One breakdown of one family in one period. */
export interface CellRequest {
  readonly family: Family
  readonly view: readonly Dimension[]
  readonly period: ReportingPeriod
  readonly filter: CodeFilter
}

/** Exact cells by combination of codes (see `nameOfCodes`) and population; cells nobody is in are missing. */
export type ExactCells = ReadonlyMap<string, ReadonlyMap<string, ExactCell>>

/** Whether the breakdown is kept ready; others are counted from the units when asked. */
export function isRolledUp({ family, view, period }: Omit<CellRequest, 'filter'>): boolean {
  const name = viewName(view)
  return rolledUpViews(family, period.kind).some((each) => viewName(each) === name)
}

/**
 * Reads the exact cells of a breakdown, from the roll-ups or, within a time budget, from the units.
 *
 * @throws HubError `DEADLINE_EXCEEDED` when counting takes longer than `adHocTimeoutMs`.
 */
export async function readCells(
  pool: Pool,
  request: CellRequest,
  adHocTimeoutMs: number,
): Promise<ExactCells> {
  if (isRolledUp(request)) return readRollUp(toStatements(pool), request)
  try {
    return await inTransaction(pool, async (statements) => {
      await statements.query('set transaction read only')
      await statements.query(`set local statement_timeout = ${Math.round(adHocTimeoutMs)}`)
      return count(statements, request)
    })
  } catch (cause) {
    if (isTimeout(cause)) throw new HubError('DEADLINE_EXCEEDED', { timeoutMs: adHocTimeoutMs })
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

async function readRollUp(statements: Statements, request: CellRequest): Promise<ExactCells> {
  const { family, view, period, filter } = request
  const conditions = conditionsOf(view, filter, 5)
  const { rows } = await statements.query<CellRow>(
    `select * from statistics_cell
     where period_start = $1 and period_kind = $2 and view = $3 and population = any($4)
       ${conditions.sql}`,
    [
      period.startsOn,
      period.kind,
      viewName(view),
      families[family].populations,
      ...conditions.values,
    ],
  )
  return toCells(view, rows)
}

async function count(statements: Statements, request: CellRequest): Promise<ExactCells> {
  const { family, view, period, filter } = request
  const conditions = conditionsOf(view, filter, 4)
  const from = `(select *, true as is_after from statistics_${family}
    where reporting_year = $1 and month_on >= $2 and month_on < $3)`
  const { rows } = await statements.query<CellRow>(
    `select * from (${cellsOf({ family, view, kind: period.kind, from })}) cell
     where true ${conditions.sql}`,
    [period.reportingYear, period.startsOn, period.endsBefore, ...conditions.values],
  )
  return toCells(view, rows)
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
