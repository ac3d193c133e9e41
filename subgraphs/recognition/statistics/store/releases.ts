import type { Pool } from 'pg'
import { HubError } from '../../../../schema/index.js'
import { fewestChangedLearners, type Release } from '../domain/release.js'
import { parsePeriod, type ReportingPeriod } from '../domain/reporting-period.js'
import { inTransaction, type Statements, toStatements } from './statistics-connection.js'

/**
 * All releases of a period, the latest first. Who asks first for a period that is over has it released.
 *
 * @throws HubError `PERIOD_NOT_PUBLISHED` when it has none while the figures are being made, for the first time or anew.
 */
export async function readReleases(
  pool: Pool,
  period: ReportingPeriod,
  now: Date,
): Promise<readonly [Release, ...Release[]]> {
  const [latest, ...earlier] = await listReleases(toStatements(pool), period)
  if (latest) return [latest, ...earlier]
  const [first] = await inTransaction(pool, async (statements) => {
    await lock(statements)
    // Somebody else may have had it released meanwhile.
    const known = await listReleases(statements, period)
    if (known.length > 0) return known
    if (!(await hasEvents(statements, period))) return [emptyRelease(period, now)]
    await refuseWhileMaking(statements, period.code)
    await makeRelease(statements, period, now)
    return listReleases(statements, period)
  })
  if (!first) throw new RangeError(`${period.code} was not released`)
  return [first]
}

/**
 * Releases anew every period in which enough learners' figures have changed since its latest release.
 *
 * @returns The codes of these periods.
 */
export async function releaseCorrections(pool: Pool, now: Date): Promise<readonly string[]> {
  return inTransaction(pool, async (statements) => {
    await lock(statements)
    const { rows } = await statements.query<{ period: string }>(
      `select period from statistics_unreleased group by period having count(*) >= $1 order by 1`,
      [fewestChangedLearners],
    )
    for (const { period } of rows) {
      const own = parsePeriod(period)
      if (own) await makeRelease(statements, own, now)
    }
    return rows.map(({ period }) => period)
  })
}

/** Whether anything was ever recorded in the reporting year: otherwise anybody could fill the table with years. */
async function hasEvents(statements: Statements, period: ReportingPeriod): Promise<boolean> {
  const { rowCount } = await statements.query(
    'select from statistics_reporting_year where reporting_year = $1',
    [period.reportingYear],
  )
  return rowCount === 1
}

function emptyRelease(period: ReportingPeriod, now: Date): Release {
  const releasedAt = `${now.toISOString().slice(0, 19)}Z`
  return { id: null, period, number: 0, asOf: null, releasedAt }
}

async function listReleases(
  statements: Statements,
  period: ReportingPeriod,
): Promise<readonly Release[]> {
  const { rows } = await statements.query<Omit<Release, 'period'>>(
    `select id::text, number, as_of::text as "asOf",
       to_char(released_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "releasedAt"
     from statistics_release where period = $1 order by number desc`,
    [period.code],
  )
  return rows.map((row) => ({ ...row, period }))
}

/** One at a time, or two would take the same number. */
async function lock(statements: Statements): Promise<void> {
  await statements.query('select pg_advisory_xact_lock(7316042)')
}

/** In one statement, so that all of it is of one moment. */
async function makeRelease(
  statements: Statements,
  { code, kind, startsOn }: ReportingPeriod,
  now: Date,
): Promise<void> {
  await statements.query(
    `with made as (
       insert into statistics_release
         (period, period_kind, period_start, number, as_of, released_at)
       select $1, $2, $3::date, (select count(*) + 1 from statistics_release where period = $1),
         (as_of at time zone 'UTC')::date, $4
       from statistics_state
       returning id
     ), cells as (
       insert into statistics_released_cell
       select made.id, view, population, code_1, code_2, code_3, persons, units, bounded_units,
         ects, bounded_ects, squared_ects
       from made, statistics_cell where statistics_cell.period_start = $3 and period_kind = $2
     ), durations as (
       insert into statistics_released_duration
       select made.id, view, measure, code_1, code_2, weeks, units
       from made, statistics_duration
       where statistics_duration.period_start = $3 and period_kind = $2
     )
     delete from statistics_unreleased where period = $1`,
    [code, kind, startsOn, now],
  )
}

/** While all is made, for the first time or anew, cells are not what they will be; and a release stays. */
async function refuseWhileMaking(statements: Statements, period: string): Promise<void> {
  const { rows } = await statements.query<{ is_made: boolean }>(
    'select not is_rebuilding and rolled_up_at is not null as is_made from statistics_state',
  )
  if (rows[0]?.is_made) return
  throw new HubError('PERIOD_NOT_PUBLISHED', {
    message: `${period} is published once all figures have been made; ask again in a while`,
  })
}
