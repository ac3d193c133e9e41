import type { Pool } from 'pg'
import type { Family } from '../domain/statistics-family.js'
import { removeCells, rollUpFamily } from './roll-up-family.js'
import {
  inTransaction,
  planForBatches,
  planForWholeYears,
  type Statements,
} from './statistics-connection.js'
import { type Touched, takeTouched } from './take-touched.js'
import { type FactFamily, unitStatements, unitTables } from './unit-statements.js'
import { hasReleases, noteChanges } from './unreleased-changes.js'

export interface RollUpOptions {
  /** Learners of one transaction at most; more of one year and family and the whole of it is made anew. */
  readonly learnersAtOnce: number
  /** Memory of one sort or hash of Postgres, in MB. */
  readonly workMemoryMb: number
}

/** What one transaction has done. */
export interface RolledUp {
  readonly reportingYear: number
  readonly family: FactFamily
  readonly learners: number
}

/**
 * Brings units and cells up to the facts for whoever was touched, of one year and family, in one transaction: what is
 * touched is forgotten in the same transaction, so it can be stopped and taken up at any moment. Several may run beside
 * each other; each has a reporting year of its own.
 *
 * @returns Null when nothing was left.
 */
export async function rollUpTouched(pool: Pool, options: RollUpOptions): Promise<RolledUp | null> {
  const { learnersAtOnce, workMemoryMb } = options
  return inTransaction(pool, async (statements) => {
    // Facts that come meanwhile would be forgotten with those that are rolled up: who brings them waits for the end.
    await statements.query('select from statistics_state for share')
    await planForBatches(statements, workMemoryMb)
    const touched = await takeTouched(statements, learnersAtOnce)
    if (!touched) return null
    const { reportingYear, family } = touched
    const isNoted = await hasReleases(statements, reportingYear)
    const isSmall = touched.learners <= learnersAtOnce
    if (isSmall || isNoted) await keepUnits(statements, touched)
    const learners = isSmall
      ? await applyDifference(statements, touched)
      : await rebuildYear(statements, touched)
    if (isNoted) {
      if (!isSmall) await listChanges(statements, touched)
      for (const table of unitTables[family]) await noteChanges(statements, `change_${table}`)
    }
    await statements.query(
      'delete from statistics_touched where reporting_year = $1 and family = $2',
      [reportingYear, family],
    )
    return { reportingYear, family, learners }
  })
}

/** The touched learners' units as they were. */
async function keepUnits(statements: Statements, touched: Touched): Promise<void> {
  const { reportingYear, family } = touched
  await statements.query(
    `create temp table touched_now on commit drop as
     select learner_key from statistics_touched
     where reporting_year = ${reportingYear} and family = '${family}'`,
  )
  await statements.query('analyze touched_now')
  for (const table of unitTables[family]) {
    await statements.query(
      `create temp table gone_${table} on commit drop as ${touchedUnits(table, touched)}`,
    )
  }
}

/** What became other: units of before that are not there now, and the other way round. */
async function listChanges(statements: Statements, touched: Touched): Promise<void> {
  for (const table of unitTables[touched.family]) {
    const now = touchedUnits(table, touched)
    await statements.query(
      `create temp table change_${table} on commit drop as
       select learner_key, year_on, quarter_on, month_on from (
         (select * from gone_${table} except all ${now})
         union all
         (${now} except all select * from gone_${table})
       ) changed`,
    )
    await statements.query(`analyze change_${table}`)
  }
}

/** All units, before and after, of who has any that changed: whether a learner counts in a cell hangs on all of them. */
function changedUnits(table: string, touched: Touched): string {
  const isChanged = `learner_key in (select learner_key from change_${table})`
  return `(select *, false as is_after from gone_${table} where ${isChanged}
    union all select *, true from (${touchedUnits(table, touched)}) now where ${isChanged})`
}

function touchedUnits(table: string, { reportingYear, learners }: Touched): string {
  const whose =
    learners === Number.POSITIVE_INFINITY
      ? ''
      : 'and learner_key in (select learner_key from touched_now)'
  return `select * from ${table} where reporting_year = ${reportingYear} ${whose}`
}

async function rebuildYear(
  statements: Statements,
  { reportingYear, family }: Touched,
): Promise<number> {
  for (const table of unitTables[family]) {
    await statements.query(`delete from ${table} where reporting_year = $1`, [reportingYear])
  }
  await planForWholeYears(statements)
  for (const { table, sql } of unitStatements(family, 'YEAR')) {
    await statements.query(sql, [reportingYear])
    // Also for the next one: steps are joined with their journeys.
    await statements.query(`analyze ${table}_${String(reportingYear).padStart(4, '0')}`)
  }
  let learners = 0
  for (const table of unitTables[family]) {
    const counted = familyOfTable(table)
    await removeCells(statements, counted, reportingYear)
    const units = `(select *, true as is_after from ${table} where reporting_year = ${reportingYear})`
    learners = Math.max(learners, await rollUpFamily(statements, counted, reportingYear, units))
  }
  return learners
}

/** Takes what changed out of its cells and puts it into new ones: other learners are not read. */
async function applyDifference(statements: Statements, touched: Touched): Promise<number> {
  const { reportingYear, family, learners } = touched
  for (const table of unitTables[family]) {
    await statements.query(
      `delete from ${table} where reporting_year = $1
         and learner_key in (select learner_key from touched_now)`,
      [reportingYear],
    )
  }
  for (const { sql } of unitStatements(family, 'TOUCHED')) {
    await statements.query(sql, [reportingYear])
  }
  await listChanges(statements, touched)
  for (const table of unitTables[family]) {
    const units = changedUnits(table, touched)
    await rollUpFamily(statements, familyOfTable(table), reportingYear, units)
  }
  return learners
}

function familyOfTable(table: (typeof unitTables)[FactFamily][number]): Family {
  return table.slice('statistics_'.length) as Family
}
