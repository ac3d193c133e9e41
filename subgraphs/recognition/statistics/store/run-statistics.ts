import type { Pool } from 'pg'
import { followerName } from './event-batch.js'
import { dropFactIndexes, isFirstFilling, makeFactIndexes } from './fact-indexes.js'
import { type IngestOptions, ingestBatch } from './ingest-batch.js'
import { releaseCorrections } from './releases.js'
import { type RolledUp, type RollUpOptions, rollUpTouched } from './roll-up-touched.js'
import { runInLanes } from './run-in-lanes.js'
import { inTransaction } from './statistics-connection.js'

export interface CatchUpOptions extends Omit<IngestOptions, 'lanes'>, RollUpOptions {
  /** Transactions beside each other, default 2: what one connection of Postgres does is done on one core. */
  readonly lanes?: number
  /** Dates the releases of corrections. */
  readonly now: () => Date
  /** Stops between two transactions. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: CatchUpProgress) => void
}

/** What is done so far: events read, indexes made, learners rolled up. */
export type CatchUpProgress =
  | { readonly step: 'events' | 'indexes'; readonly done: number }
  | ({ readonly step: 'roll-up'; readonly done: number } & Omit<RolledUp, 'learners'>)

/** Sizes that bound memory and transactions, measured with ten million events. */
export const defaultCatchUp = {
  limit: 2_500_000,
  learnersAtOnce: 20_000,
  workMemoryMb: 128,
} as const satisfies Partial<CatchUpOptions>

const defaultLanes = 2
/** New facts that make the planner's picture of the table too old. */
const analyseFrom = 20_000

/**
 * Brings the figures up to the outbox: facts first, then whatever the new facts touched. Events that come meanwhile are
 * left for the next time.
 *
 * @returns How many events were read.
 */
export async function catchUp(pool: Pool, options: CatchUpOptions): Promise<number> {
  const { signal, lanes = defaultLanes, onProgress = () => {} } = options
  const isFirst = await isFirstFilling(pool, options.limit)
  if (isFirst) await dropFactIndexes(pool)
  let events = 0
  while (!signal?.aborted) {
    const read = await ingestBatch(pool, { ...options, lanes }, isFirst, (part) =>
      onProgress({ step: 'events', done: events + part }),
    )
    events += read
    if (read < options.limit) break
  }
  const indexes = await makeFactIndexes(pool, lanes)
  if (indexes > 0) onProgress({ step: 'indexes', done: indexes })
  // A roll-up joins by key; planned for an empty table it would take hours for minutes of work.
  if (events >= analyseFrom) await pool.query('analyze statistics_fact')
  let learners = 0
  await runInLanes(lanes, async () => {
    if (signal?.aborted) return false
    const done = await rollUpTouched(pool, options)
    if (!done) return false
    learners += done.learners
    const { reportingYear, family } = done
    onProgress({ step: 'roll-up', done: learners, reportingYear, family })
    return true
  })
  if (!signal?.aborted && (await endRollUp(pool))) await releaseCorrections(pool, options.now())
  return events
}

/** Whether all is rolled up, also by others: only then the figures are whole. */
async function endRollUp(pool: Pool): Promise<boolean> {
  return inTransaction(pool, async (statements) => {
    // Waits for roll-ups that are under way.
    await statements.query('select from statistics_state for update')
    const { rowCount } = await statements.query(
      `update statistics_state set is_rebuilding = false, rolled_up_at = now()
       where not exists (select from statistics_touched)`,
    )
    return rowCount === 1
  })
}

/**
 * Forgets all facts and figures, but no secret and no release, so that the next {@link catchUp} makes them anew from the
 * outbox. What is made anew is no correction: the releases stay the latest ones.
 */
export async function forgetStatistics(pool: Pool): Promise<void> {
  await inTransaction(pool, async (statements) => {
    await statements.query(`truncate statistics_batch_part, statistics_fact, statistics_touched, statistics_unkeyed,
      statistics_journey, statistics_step, statistics_stack, statistics_award, statistics_request,
      statistics_cell, statistics_duration`)
    await statements.query(
      'update statistics_state set as_of = null, rolled_up_at = null, is_rebuilding = true',
    )
    await statements.query('update follower set position = 0 where name = $1', [followerName])
  })
}

/** One digest over every cell and duration: equal figures have equal digests. */
export async function digestRollUps(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ digest: string }>(
    `select md5((select coalesce(string_agg(md5(cell::text), '' order by period_start, period_kind, view,
          population, code_1, code_2, code_3), '') from statistics_cell cell)
      || (select coalesce(string_agg(md5(duration::text), '' order by period_start, period_kind, view,
          measure, code_1, code_2, weeks), '') from statistics_duration duration)) as digest`,
  )
  return rows[0]?.digest ?? ''
}
