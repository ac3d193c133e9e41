import type { Pool } from 'pg'
import { dropFactIndexes, isFirstFilling, makeFactIndexes } from './fact-indexes.js'
import { followerName, type IngestOptions, ingestBatch } from './ingest-batch.js'
import { releaseCorrections } from './releases.js'
import { type RollUpOptions, rollUpTouched } from './roll-up-touched.js'
import { inTransaction } from './statistics-connection.js'

export interface CatchUpOptions extends Omit<IngestOptions, 'isFirstFilling'>, RollUpOptions {
  /** Dates the releases of corrections. */
  readonly now: () => Date
  /** Stops between two transactions. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: CatchUpProgress) => void
}

export interface CatchUpProgress {
  readonly step: 'events' | 'roll-up'
  /** Events read, or learners rolled up, so far. */
  readonly done: number
}

/** Sizes that bound memory and transactions, measured with ten million events. */
export const defaultCatchUp = {
  limit: 5_000_000,
  learnersAtOnce: 20_000,
  workMemoryMb: 128,
} as const satisfies Partial<CatchUpOptions>

/** New facts that make the planner's picture of the table too old. */
const analyseFrom = 20_000

/**
 * Brings the figures up to the outbox: facts first, then whatever the new facts touched. Events that come meanwhile are
 * left for the next time.
 *
 * @returns How many events were read.
 */
export async function catchUp(pool: Pool, options: CatchUpOptions): Promise<number> {
  const { signal, onProgress } = options
  const isFirst = await isFirstFilling(pool, options.limit)
  if (isFirst) await dropFactIndexes(pool)
  let events = 0
  while (!signal?.aborted) {
    const read = await ingestBatch(pool, { ...options, isFirstFilling: isFirst })
    events += read
    if (read > 0) onProgress?.({ step: 'events', done: events })
    if (read < options.limit) break
  }
  await makeFactIndexes(pool)
  // A roll-up joins by key; planned for an empty table it would take hours for minutes of work.
  if (events >= analyseFrom) await pool.query('analyze statistics_fact')
  let learners = 0
  while (!signal?.aborted) {
    const done = await rollUpTouched(pool, options)
    learners += done
    if (done === 0) break
    onProgress?.({ step: 'roll-up', done: learners })
  }
  if (!signal?.aborted) {
    await pool.query('update statistics_state set is_rebuilding = false where is_rebuilding')
    await releaseCorrections(pool, options.now())
  }
  return events
}

/**
 * Forgets all facts and figures, but no secret and no release, so that the next {@link catchUp} makes them anew from the
 * outbox. What is made anew is no correction: the releases stay the latest ones.
 */
export async function forgetStatistics(pool: Pool): Promise<void> {
  await inTransaction(pool, async (statements) => {
    await statements.query(`truncate statistics_fact, statistics_touched, statistics_unkeyed,
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
