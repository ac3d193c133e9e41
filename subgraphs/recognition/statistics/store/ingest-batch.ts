import type { Pool } from 'pg'
import { ingestStatements } from './ingest-statements.js'
import { ensureSecret } from './key-secrets.js'
import { prepareReportingYears } from './reporting-year-partitions.js'
import { inTransaction, planForBatches, type Statements } from './statistics-connection.js'

/** Name under which the outbox keeps the position of statistics. */
export const followerName = 'statistics'

export interface IngestOptions {
  /** Events of one batch at most; bounds memory and the length of the transaction. */
  readonly limit: number
  /** Bytes nobody can guess, for the secret of a year that begins. */
  readonly random: (bytes: number) => Buffer
  /** Memory of one sort or hash of Postgres, in MB. */
  readonly workMemoryMb: number
  /** Whether there were no facts before the catching up that this batch is part of. */
  readonly isFirstFilling: boolean
}

/**
 * Reads the next events of the outbox into facts and moves the position, in one transaction: a crash repeats the batch
 * or has it done. An event that comes again changes nothing.
 *
 * @returns How many events of the outbox were read, by this call or another at the same time; 0 when it had caught up.
 */
export async function ingestBatch(pool: Pool, options: IngestOptions): Promise<number> {
  const { random, workMemoryMb } = options
  const span = await inTransaction(pool, async (statements) => {
    await statements.query('insert into follower (name) values ($1) on conflict do nothing', [
      followerName,
    ])
    await ensureSecret(statements, 'event', random)
    const next = await readSpan(statements, options.limit)
    const { rows } = await statements.query<{ year: number }>(
      `select distinct statistics_year(occurred_on) as year from outbox_event
       where sequence > $1 and sequence <= $2 order by 1`,
      [next.first, next.last],
    )
    await prepareReportingYears(
      statements,
      rows.map((row) => row.year),
      random,
    )
    return next
  })
  return inTransaction(pool, async (statements) => {
    await planForBatches(statements, workMemoryMb)
    const { first, last, events } = span
    if (events === 0) return 0
    // Somebody else may have taken the batch meanwhile.
    const { rowCount } = await statements.query(
      'select from follower where name = $1 and position = $2 for update',
      [followerName, first],
    )
    if (rowCount === 0) return events
    await statements.query(
      `create temp table incoming on commit drop as
       select s.*, statistics_hmac(e.inner_pad, e.outer_pad, s.event_id) as event_key,
         statistics_hmac(e.inner_pad, e.outer_pad, s.corrects_id) as corrects_key
       from statistics_source s, statistics_secret e
       where s.sequence > ${first} and s.sequence <= ${last} and e.purpose = 'event'`,
    )
    await statements.query('analyze incoming')
    for (const { sql } of ingestStatements(options.isFirstFilling)) await statements.query(sql)
    await statements.query('update follower set position = $1 where name = $2', [
      last,
      followerName,
    ])
    return events
  })
}

interface Span {
  /** The events after this number, up to and with `last`. */
  readonly first: string
  readonly last: string
  readonly events: number
}

async function readSpan(statements: Statements, limit: number): Promise<Span> {
  const { rows } = await statements.query<Span>(
    `with place as (select position from follower where name = $1 for update)
     select place.position::text as first, coalesce(max(sequence), place.position)::text as last,
       count(sequence)::integer as events
     from place left join lateral (
       select sequence from outbox_event where sequence > place.position order by sequence limit $2
     ) next on true
     group by place.position`,
    [followerName, limit],
  )
  const [span] = rows
  if (!span) throw new RangeError('the follower of statistics has no position')
  return span
}
