import type { Pool } from 'pg'
import { HubError } from '../../../../schema/index.js'
import type { DifferentialPrivacy } from '../domain/disclosure-policy.js'
import { spentEpsilon } from '../domain/geometric-noise.js'
import { inTransaction } from './statistics-connection.js'

/** One table under differential privacy. */
export interface Release {
  readonly policy: string
  readonly reportingYear: number
  /** Canonical name of the table. */
  readonly table: string
  readonly releasedAt: Date
}

/**
 * Takes the epsilon of a table from the reporting year's, once: the same table has the same noise for ever, so giving it
 * out again costs nothing.
 *
 * @throws HubError `STATISTICS_BUDGET_EXCEEDED` when the year has too little left; nothing is spent.
 */
export async function spendEpsilon(
  pool: Pool,
  { policy, reportingYear, table, releasedAt }: Release,
  { epsilonPerTable, epsilonPerYear }: DifferentialPrivacy,
): Promise<void> {
  await inTransaction(pool, async (statements) => {
    await statements.query('select pg_advisory_xact_lock(7316041, $1)', [reportingYear])
    const { rows } = await statements.query<{ released: string }>(
      'select released from statistics_release where policy = $1 and reporting_year = $2',
      [policy, reportingYear],
    )
    const released = new Set(rows.map((row) => row.released))
    if (released.has(table)) return
    const spent = spentEpsilon(released.add(table), epsilonPerTable)
    if (spent > epsilonPerYear) {
      throw new HubError('STATISTICS_BUDGET_EXCEEDED', {
        message: `the tables of ${reportingYear} would spend an epsilon of ${spent}, more than ${epsilonPerYear}`,
        limit: epsilonPerYear,
        value: spent,
      })
    }
    await statements.query('insert into statistics_release values ($1, $2, $3, $4, $5)', [
      policy,
      reportingYear,
      table,
      epsilonPerTable,
      releasedAt,
    ])
  })
}
