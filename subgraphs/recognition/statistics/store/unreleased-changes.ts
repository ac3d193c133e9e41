import { toPeriod } from '../domain/reporting-period.js'
import type { Statements } from './statistics-connection.js'

/** Whether changes of a reporting year are changes of what has been released; not so while all is made anew. */
export async function hasReleases(statements: Statements, reportingYear: number): Promise<boolean> {
  const { startsOn, endsBefore } = toPeriod('YEAR', reportingYear, 1)
  const { rows } = await statements.query<{ has_releases: boolean }>(
    `select not is_rebuilding and exists (select from statistics_release
       where period_start >= $1 and period_start < $2) as has_releases from statistics_state`,
    [startsOn, endsBefore],
  )
  return rows[0]?.has_releases ?? false
}

/** Notes whose units changed in which released periods. @param table - Learner and periods of every changed unit. */
export async function noteChanges(statements: Statements, table: string): Promise<void> {
  await statements.query(
    `insert into statistics_unreleased
     select distinct r.period, u.learner_key
     from ${table} u
       cross join lateral (values ('YEAR', u.year_on), ('QUARTER', u.quarter_on),
         ('MONTH', u.month_on)) as grid(kind, start)
       join statistics_release r
         on r.period_start = grid.start and r.period_kind = grid.kind and r.number = 1
     on conflict do nothing`,
  )
}
