import type { Pool } from 'pg'
import { ensureSecret } from './key-secrets.js'
import { prepareReportingYears } from './reporting-year-partitions.js'
import { inTransaction, type Statements } from './statistics-connection.js'

/** Name under which the outbox keeps the position of statistics. */
export const followerName = 'statistics'

/** Events of the outbox that are read as one, in parts of whole learners; kept until all parts are done. */
export interface EventBatch {
  /** The events after this number, up to and with `last`. */
  readonly first: string
  readonly last: string
  readonly events: number
  readonly parts: number
  /** Whether there were no facts before: nobody in it is known yet. */
  readonly isFirstFilling: boolean
}

export interface BatchOptions {
  /** Events of one transaction at most, about; bounds its memory and length. */
  readonly limit: number
  /** Bytes nobody can guess, for the secret of a year that begins. */
  readonly random: (bytes: number) => Buffer
}

/**
 * The batch that was broken off, or else the next one: with facts there up to `limit` events; a first filling takes the
 * whole outbox, so that whoever is in a part is in no other and nobody has to be looked up. Prepares its years.
 *
 * @returns Null when nothing is left.
 */
export async function openBatch(
  pool: Pool,
  { limit, random }: BatchOptions,
  isFirstFilling: boolean,
): Promise<EventBatch | null> {
  return inTransaction(pool, async (statements) => {
    await statements.query('insert into follower (name) values ($1) on conflict do nothing', [
      followerName,
    ])
    // Who else opens a batch waits here, and then finds it.
    const { rows } = await statements.query<{ position: string }>(
      'select position::text from follower where name = $1 for update',
      [followerName],
    )
    const first = rows[0]?.position ?? '0'
    const known = await readBatch(statements)
    if (known) return known
    const last = await findLast(statements, first, isFirstFilling ? null : limit)
    if (last === null) return null
    const { events, years } = await readSpan(statements, first, last)
    await ensureSecret(statements, 'event', random)
    await prepareReportingYears(statements, years, random)
    // An even number: two are read beside each other.
    const parts = isFirstFilling ? 2 * Math.ceil(events / (2 * limit)) : 1
    await statements.query(
      `insert into statistics_batch_part
       select part, $1, $2, $3, $4, $5 from generate_series(0, $1 - 1) as list(part)`,
      [parts, first, last, events, isFirstFilling],
    )
    return { first, last, events, parts, isFirstFilling }
  })
}

/** Moves the position past a batch whose parts are done, once. */
export async function closeBatch(pool: Pool, { first, last }: EventBatch): Promise<void> {
  await inTransaction(pool, async (statements) => {
    const { rowCount } = await statements.query(
      'update follower set position = $1 where name = $2 and position = $3',
      [last, followerName, first],
    )
    if (rowCount === 1) await statements.query('delete from statistics_batch_part')
  })
}

/** Takes a part of the batch for this transaction; who comes later waits for its end. */
export async function takePart(
  statements: Statements,
  { last }: EventBatch,
  part: number,
): Promise<boolean> {
  const { rowCount } = await statements.query(
    `select from statistics_batch_part
     where part = $1 and last_sequence = $2 and not is_done for update`,
    [part, last],
  )
  if (rowCount === 0) return false
  await statements.query('update statistics_batch_part set is_done = true where part = $1', [part])
  return true
}

async function readBatch(statements: Statements): Promise<EventBatch | null> {
  const { rows } = await statements.query<EventBatch>(
    `select first_sequence::text as first, last_sequence::text as last, events, parts,
       is_first_filling as "isFirstFilling" from statistics_batch_part limit 1`,
  )
  return rows[0] ?? null
}

/** Number of the last event to read, or null when there is none after the first. */
async function findLast(
  statements: Statements,
  first: string,
  limit: number | null,
): Promise<string | null> {
  const { rows } = await statements.query<{ last: string | null }>(
    limit === null
      ? 'select max(sequence)::text as last from outbox_event where sequence > $1'
      : `select max(sequence)::text as last from (
           select sequence from outbox_event where sequence > $1 order by sequence limit ${limit}
         ) next`,
    [first],
  )
  return rows[0]?.last ?? null
}

async function readSpan(
  statements: Statements,
  first: string,
  last: string,
): Promise<{ readonly events: number; readonly years: readonly number[] }> {
  const { rows } = await statements.query<{ year: number; events: number }>(
    `select statistics_year(occurred_on) as year, count(*)::integer as events from outbox_event
     where sequence > $1 and sequence <= $2 group by 1 order by 1`,
    [first, last],
  )
  return {
    events: rows.reduce((sum, { events }) => sum + events, 0),
    years: rows.map(({ year }) => year),
  }
}
