import type { Pool } from 'pg'
import {
  type BatchOptions,
  closeBatch,
  type EventBatch,
  openBatch,
  takePart,
} from './event-batch.js'
import { ingestStatements } from './ingest-statements.js'
import { runInLanes } from './run-in-lanes.js'
import { inTransaction, planForBatches, type Statements } from './statistics-connection.js'

export interface IngestOptions extends BatchOptions {
  /** Memory of one sort or hash of Postgres, in MB. */
  readonly workMemoryMb: number
  /** Transactions beside each other. */
  readonly lanes: number
}

/**
 * Reads the next events of the outbox into facts: part after part, each in one transaction, and the position moves when
 * all are done. A crash repeats a part or has it done. An event that comes again changes nothing.
 *
 * @param onPart - Told after each part how many events of the batch were read so far, about.
 * @returns How many events of the outbox were read, by this call or another at the same time; 0 when it had caught up.
 */
export async function ingestBatch(
  pool: Pool,
  options: IngestOptions,
  isFirstFilling: boolean,
  onPart: (events: number) => void,
): Promise<number> {
  const batch = await openBatch(pool, options, isFirstFilling)
  if (!batch) return 0
  let [next, done] = [0, 0]
  await runInLanes(Math.min(options.lanes, batch.parts), async () => {
    const part = next
    next += 1
    if (part >= batch.parts) return false
    await ingestPart(pool, batch, part, options)
    done += 1
    onPart(Math.round((batch.events * done) / batch.parts))
    return true
  })
  await closeBatch(pool, batch)
  return batch.events
}

async function ingestPart(
  pool: Pool,
  batch: EventBatch,
  part: number,
  { workMemoryMb }: IngestOptions,
): Promise<void> {
  await inTransaction(pool, async (statements) => {
    if (!(await takePart(statements, batch, part))) return
    await planForBatches(statements, workMemoryMb)
    await readIncoming(statements, batch, part)
    for (const { sql } of ingestStatements(batch)) await statements.query(sql)
  })
}

async function readIncoming(
  statements: Statements,
  { first, last, parts }: EventBatch,
  part: number,
): Promise<void> {
  // Whole learners, whatever their ids look like.
  const own = parts === 1 ? '' : `and (hashtext(s.learner_id) & 1048575) % ${parts} = ${part}`
  await statements.query(
    `create temp table incoming on commit drop as
     select s.*, statistics_hmac(e.inner_pad, e.outer_pad, s.event_id) as event_key,
       statistics_hmac(e.inner_pad, e.outer_pad, s.corrects_id) as corrects_key
     from statistics_source s, statistics_secret e
     where s.sequence > ${first} and s.sequence <= ${last} and e.purpose = 'event' ${own}`,
  )
  await statements.query('analyze incoming')
}
