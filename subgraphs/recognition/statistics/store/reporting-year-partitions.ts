import { toPeriod } from '../domain/reporting-period.js'
import { ensureSecret } from './key-secrets.js'
import type { Statements } from './statistics-connection.js'

const yearTables = [
  'statistics_fact',
  'statistics_journey',
  'statistics_step',
  'statistics_stack',
  'statistics_award',
  'statistics_request',
]
const monthTables = ['statistics_cell', 'statistics_duration']

/**
 * Prepares reporting years that have not been seen yet: their partitions and the secret of their learners' keys. Call it
 * in a transaction of its own: it locks the tables for a moment.
 */
export async function prepareReportingYears(
  statements: Statements,
  years: readonly number[],
  random: (bytes: number) => Buffer,
): Promise<void> {
  for (const year of years) {
    const { rowCount } = await statements.query(
      'insert into statistics_reporting_year values ($1) on conflict do nothing',
      [year],
    )
    if (rowCount === 0) continue
    await ensureSecret(statements, 'learner', random, year)
    for (const table of yearTables) {
      await statements.query(
        `create table ${table}_${nameOf(year)} partition of ${table} for values in (${year})`,
      )
    }
    for (let month = 1; month <= 12; month += 1) {
      const { startsOn, endsBefore } = toPeriod('MONTH', year, month)
      const name = startsOn.slice(0, 7).replace('-', '_')
      for (const table of monthTables) {
        await statements.query(
          // Room on every page, so that a cell that changes stays where its index says.
          `create table ${table}_${name} partition of ${table}
           for values from ('${startsOn}') to ('${endsBefore}') with (fillfactor = 70)`,
        )
      }
    }
  }
}

function nameOf(year: number): string {
  return String(year).padStart(4, '0')
}
