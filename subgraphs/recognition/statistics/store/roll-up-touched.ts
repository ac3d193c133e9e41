import type { Pool } from 'pg'
import type { Family } from '../domain/statistics-family.js'
import { removeCells, removeEmptyCells, rollUpFamily } from './roll-up-family.js'
import { inTransaction, type Statements } from './statistics-connection.js'
import { type FactFamily, unitStatements, unitTables } from './unit-statements.js'

export interface RollUpOptions {
  /** Learners of one transaction at most; more of one year and family and the whole of it is made anew. */
  readonly learnersAtOnce: number
  /** Memory of one sort or hash of Postgres, in MB. */
  readonly workMemoryMb: number
}

/**
 * Brings units and cells up to the facts for whoever was touched, one year and family after another, each in one
 * transaction: what is touched is forgotten in the same transaction, so it can be stopped and taken up at any moment.
 *
 * @returns How many learners (of a year and family) were done; 0 when nothing was left.
 */
export async function rollUpTouched(pool: Pool, options: RollUpOptions): Promise<number> {
  const { learnersAtOnce, workMemoryMb } = options
  return inTransaction(pool, async (statements) => {
    // One roll-up at a time: two would both add the same difference.
    await statements.query('select * from statistics_state for update')
    await statements.query(`set local work_mem = '${workMemoryMb}MB'`)
    const { rows } = await statements.query<Touched>(
      `select reporting_year as "reportingYear", family, count(*)::integer as learners
       from statistics_touched group by 1, 2 order by 1, 2 limit 1`,
    )
    const [touched] = rows
    if (!touched) return 0
    if (touched.learners > learnersAtOnce) await rebuildYear(statements, touched)
    else await applyDifference(statements, touched)
    await statements.query(
      'delete from statistics_touched where reporting_year = $1 and family = $2',
      [touched.reportingYear, touched.family],
    )
    await statements.query('update statistics_state set rolled_up_at = now()')
    return touched.learners
  })
}

interface Touched {
  readonly reportingYear: number
  readonly family: FactFamily
  readonly learners: number
}

async function rebuildYear(
  statements: Statements,
  { reportingYear, family }: Touched,
): Promise<void> {
  for (const table of unitTables[family]) {
    await statements.query(`delete from ${table} where reporting_year = $1`, [reportingYear])
  }
  for (const sql of unitStatements(family, 'YEAR')) await statements.query(sql, [reportingYear])
  for (const table of unitTables[family]) {
    const counted = familyOfTable(table)
    await statements.query(`analyze ${table}_${String(reportingYear).padStart(4, '0')}`)
    await removeCells(statements, counted, reportingYear)
    await rollUpFamily(
      statements,
      counted,
      `(select *, true as is_after from ${table} where reporting_year = ${reportingYear})`,
    )
  }
}

/** Takes the touched learners' units out of their cells and puts the new ones in: other learners are not read. */
async function applyDifference(
  statements: Statements,
  { reportingYear, family }: Touched,
): Promise<void> {
  await statements.query(
    `create temp table touched_now on commit drop as
     select learner_key from statistics_touched
     where reporting_year = ${reportingYear} and family = '${family}'`,
  )
  await statements.query('analyze touched_now')
  for (const table of unitTables[family]) {
    await statements.query(
      `create temp table change_${table} on commit drop as
       select *, false as is_after from ${table} where false`,
    )
    await statements.query(
      `with gone as (
         delete from ${table} where reporting_year = $1
           and learner_key in (select learner_key from touched_now)
         returning *
       )
       insert into change_${table} select *, false from gone`,
      [reportingYear],
    )
  }
  for (const sql of unitStatements(family, 'TOUCHED')) await statements.query(sql, [reportingYear])
  for (const table of unitTables[family]) {
    await statements.query(
      `insert into change_${table} select *, true from ${table}
       where reporting_year = $1 and learner_key in (select learner_key from touched_now)`,
      [reportingYear],
    )
    await statements.query(`analyze change_${table}`)
    await rollUpFamily(statements, familyOfTable(table), `change_${table}`)
  }
  await removeEmptyCells(statements, reportingYear)
}

function familyOfTable(table: (typeof unitTables)[FactFamily][number]): Family {
  return table.slice('statistics_'.length) as Family
}
