import type { Pool } from 'pg'
import { runInLanes } from './run-in-lanes.js'
import { inTransaction } from './statistics-connection.js'

const indexes = [
  [
    'statistics_fact_event',
    'create unique index if not exists statistics_fact_event on statistics_fact (event_key, reporting_year)',
  ],
  [
    'statistics_fact_learner',
    'create index if not exists statistics_fact_learner on statistics_fact (learner_key)',
  ],
  [
    'statistics_fact_corrects',
    `create index if not exists statistics_fact_corrects on statistics_fact (corrects_key)
     where corrects_key is not null`,
  ],
] as const

/** So many events are faster without indexes that are made at the end. */
const manyEvents = 100_000

/** Whether there are no facts yet, and many events or more than one batch. */
export async function isFirstFilling(pool: Pool, batchLimit: number): Promise<boolean> {
  const limit = Math.min(batchLimit, manyEvents)
  const { rows } = await pool.query<{ is_first: boolean }>(
    `select not exists (select from statistics_fact)
       and (select count(*) from (select from outbox_event limit $1) as next_ones) > $2 as is_first`,
    [limit + 1, limit],
  )
  return rows[0]?.is_first ?? false
}

/** Drops what keeps facts findable; keys are random, so that every new fact would touch another page of each. */
export async function dropFactIndexes(pool: Pool): Promise<void> {
  for (const [name] of indexes) await pool.query(`drop index if exists ${name}`)
}

/**
 * Makes the indexes that are missing, also after a filling that was broken off.
 *
 * @returns How many were made.
 */
export async function makeFactIndexes(pool: Pool, lanes: number): Promise<number> {
  const { rows } = await pool.query<{ name: string }>(
    'select indexrelid::regclass::text as name from pg_index where indrelid = $1::regclass',
    ['statistics_fact'],
  )
  const missing = indexes.filter(([name]) => !rows.some((row) => row.name === name))
  let next = 0
  await runInLanes(lanes, async () => {
    const [, sql] = missing[next] ?? []
    next += 1
    if (sql === undefined) return false
    await inTransaction(pool, async (statements) => {
      // Postgres' default of 64 MB sorts ten million keys in many passes.
      await statements.query("set local maintenance_work_mem = '256MB'")
      await statements.query(sql)
    })
    return true
  })
  return missing.length
}
