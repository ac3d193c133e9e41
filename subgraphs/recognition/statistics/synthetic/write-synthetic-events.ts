import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pool } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { toStatements } from '../store/statistics-connection.js'
import { toDate, toDayNumber } from './calendar-day.js'
import { createSeededRandom } from './seeded-random.js'
import { type UnnumberedEvent, writeHistory } from './synthetic-history.js'
import { readSyntheticWorld, type SyntheticWorld } from './synthetic-world.js'

export interface SyntheticOptions {
  readonly learners: number
  readonly seed: number
  /** ISO date of the first enrolment; enrolments go on for `days`. */
  readonly startsOn: string
  readonly days: number
  readonly signal?: AbortSignal
  /** Told about once per simulated month. */
  readonly onProgress?: (events: number, upTo: string) => void
}

/** Nothing is recorded later than this many days after an enrolment. */
const horizonDays = 2_500

/**
 * Writes synthetic histories into the outbox with COPY, in the order of recording, in one transaction. The same options
 * give the same events. Memory is bounded by what lies within a learner's time, not by their number.
 *
 * @returns How many events were written.
 */
export async function writeSyntheticEvents(pool: Pool, options: SyntheticOptions): Promise<number> {
  const client = await pool.connect()
  let isBroken = true
  try {
    const world = await readSyntheticWorld(toStatements(client))
    await client.query('begin')
    const copy = client.query(
      copyFrom(`copy outbox_event
        (id, kind, occurred_on, recorded_at, learner_id, home_member, corrects, fact) from stdin`),
    )
    let events = 0
    const rows = writeRows(world, options, (count) => {
      events = count
    })
    const { signal } = options
    await pipeline(Readable.from(rows), copy, ...(signal ? [{ signal }] : [])).catch((error) => {
      // Why it was stopped says more than that it was.
      signal?.throwIfAborted()
      throw error
    })
    await client.query('commit')
    await client.query('analyze outbox_event')
    isBroken = false
    return events
  } finally {
    // An interrupted COPY leaves the connection in no state to be used again; closing it rolls back.
    client.release(isBroken)
  }
}

function* writeRows(
  world: SyntheticWorld,
  options: SyntheticOptions,
  onCount: (events: number) => void,
): Generator<string> {
  const { learners, seed, days, onProgress } = options
  const firstDay = toDayNumber(options.startsOn)
  const waiting = new Map<number, string[]>()
  let events = 0
  let index = 0
  for (let day = firstDay; day <= firstDay + days + horizonDays; day += 1) {
    const due = Math.min(learners, Math.ceil(((day - firstDay + 1) / days) * learners))
    for (; index < due; index += 1) {
      const random = createSeededRandom(seed, index)
      for (const event of writeHistory(world, { index, startsOn: toDate(day), random })) {
        const recorded = toDayNumber(event.recordedAt.slice(0, 10))
        const rows = waiting.get(recorded) ?? []
        if (rows.length === 0) waiting.set(recorded, rows)
        rows.push(toRow(event))
      }
    }
    const rows = waiting.get(day)
    if (rows) {
      waiting.delete(day)
      events += rows.length
      onCount(events)
      yield rows.join('')
    }
    if (index === learners && waiting.size === 0) break
    if (day % 30 === 0) onProgress?.(events, toDate(day))
  }
}

function toRow(event: UnnumberedEvent): string {
  const fact = JSON.stringify(event.fact).replaceAll('\\', '\\\\')
  const { id, occurredOn, recordedAt, learnerId, homeMember, corrects } = event
  return `${id}\t${event.fact.kind}\t${occurredOn}\t${recordedAt}\t${learnerId}\t${homeMember ?? '\\N'}\t${corrects ?? '\\N'}\t${fact}\n`
}
