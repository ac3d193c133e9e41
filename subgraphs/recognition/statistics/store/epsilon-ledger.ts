import type { Pool } from 'pg'
import { HubError } from '../../../../schema/index.js'
import type { DifferentialPrivacy } from '../domain/disclosure-policy.js'
import { spentEpsilon } from '../domain/geometric-noise.js'
import { type Release, releaseName } from '../domain/release.js'
import { inTransaction } from './statistics-connection.js'

/** One table under differential privacy, that somebody wants to see. */
export interface EpsilonRequest {
  readonly policy: string
  /** Family and breakdown. */
  readonly table: string
  /** Releases of one period, the latest first. */
  readonly releases: readonly Release[]
  readonly askedAt: Date
}

/**
 * Takes the epsilon of a table from the reporting year's, once: the same table of the same release has the same noise for
 * ever, so giving it out again costs nothing. When too little is left for the latest release, an earlier one that is
 * paid for is given instead: a correction must not take away what was public.
 *
 * @returns The release to give.
 * @throws HubError `STATISTICS_BUDGET_EXCEEDED` when the year has too little left for any; nothing is spent.
 */
export async function spendEpsilon(
  pool: Pool,
  { policy, table, releases, askedAt }: EpsilonRequest,
  { epsilonPerTable, epsilonPerYear }: DifferentialPrivacy,
): Promise<Release> {
  const [latest] = releases
  if (!latest) throw new RangeError('a table without a release cannot be paid for')
  // Nothing about anybody is in it.
  if (latest.id === null) return latest
  const { reportingYear } = latest.period
  const nameOf = (release: Release) => `${table}|${releaseName(release)}`
  return inTransaction(pool, async (statements) => {
    await statements.query('select pg_advisory_xact_lock(7316041, $1)', [reportingYear])
    const { rows } = await statements.query<{ released: string }>(
      'select released from statistics_epsilon where policy = $1 and reporting_year = $2',
      [policy, reportingYear],
    )
    const paid = new Set(rows.map((row) => row.released))
    if (paid.has(nameOf(latest))) return latest
    const spent = spentEpsilon(new Set([...paid, nameOf(latest)]), epsilonPerTable)
    if (spent > epsilonPerYear) {
      const earlier = releases.find((release) => paid.has(nameOf(release)))
      if (earlier) return earlier
      throw new HubError('STATISTICS_BUDGET_EXCEEDED', {
        message: `the tables of ${reportingYear} would spend an epsilon of ${spent}, more than ${epsilonPerYear}`,
        limit: epsilonPerYear,
        value: spent,
      })
    }
    await statements.query('insert into statistics_epsilon values ($1, $2, $3, $4, $5)', [
      policy,
      reportingYear,
      nameOf(latest),
      epsilonPerTable,
      askedAt,
    ])
    return latest
  })
}
