import { everybodyKey } from './ingest-statements.js'
import type { Statements } from './statistics-connection.js'
import { type FactFamily, unitTables } from './unit-statements.js'

/** Whose units have to be made anew: learners of one year and family. */
export interface Touched {
  readonly reportingYear: number
  readonly family: FactFamily
  /** Counted up to one more than a difference is made for; infinite when it is everybody. */
  readonly learners: number
}

/** Names a lock on a reporting year. */
const yearLock = 7_316_044

/**
 * What to roll up, of a year that nobody else is at. When others are at all of them, waits: they may be broken off.
 * Families that take long come first, so that lanes end at about the same time.
 */
export async function takeTouched(
  statements: Statements,
  learnersAtOnce: number,
): Promise<Touched | undefined> {
  for (;;) {
    const { rows } = await statements.query<Omit<Touched, 'learners'>>(
      `select reporting_year as "reportingYear", family
       from statistics_reporting_year, unnest($1::text[]) with ordinality as list(family, place)
       where exists (select from statistics_touched t
         where t.reporting_year = statistics_reporting_year.reporting_year and t.family = list.family)
       order by place, reporting_year`,
      [Object.keys(unitTables)],
    )
    const own = await lockOne(statements, rows)
    if (!own) return undefined
    const learners = await countTouched(statements, own, learnersAtOnce)
    if (learners > 0) return { ...own, learners }
  }
}

async function lockOne(
  statements: Statements,
  choice: readonly Omit<Touched, 'learners'>[],
): Promise<Omit<Touched, 'learners'> | undefined> {
  for (const each of choice) {
    const { rows } = await statements.query<{ is_own: boolean }>(
      'select pg_try_advisory_xact_lock($1, $2) as is_own',
      [yearLock, each.reportingYear],
    )
    if (rows[0]?.is_own) return each
  }
  const [first] = choice
  if (first) {
    await statements.query('select pg_advisory_xact_lock($1, $2)', [yearLock, first.reportingYear])
  }
  return first
}

/** Whoever had the year before may have done it: seen by a statement of its own, after the lock. */
async function countTouched(
  statements: Statements,
  { reportingYear, family }: Omit<Touched, 'learners'>,
  learnersAtOnce: number,
): Promise<number> {
  const { rows } = await statements.query<{ learners: number }>(
    `select case when exists (select from statistics_touched
         where reporting_year = $1 and family = $2 and learner_key = $4)
       then 'Infinity'::double precision
       else (select count(*) from (select from statistics_touched
         where reporting_year = $1 and family = $2 limit $3) touched)
       end as learners`,
    [reportingYear, family, learnersAtOnce + 1, everybodyKey],
  )
  return rows[0]?.learners ?? 0
}
