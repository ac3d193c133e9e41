import type { EntityManager } from '@mikro-orm/postgresql'
import type { RecognitionEvent } from '../../domain/recognition-event.js'

/** An event that is still to be numbered. */
export type NewRecognitionEvent = Omit<RecognitionEvent, 'sequence'>

/** Key of the Postgres advisory lock that whoever appends holds until the end of the transaction. */
const appendLock = 7_316_002

/**
 * Appends events to the outbox inside the caller's transaction and returns their numbers, in order.
 *
 * Has to be the last thing the transaction does: from here on everybody else who appends waits for its end. So numbers
 * become visible in their order, and a follower that has read up to one has seen everything before it. A numbered row
 * is otherwise no promise: the transaction that drew the smaller number may commit later (ADR-0012).
 *
 * @throws UniqueConstraintViolationException when an event's id is there already (a bug in the caller).
 */
export async function appendEvents(
  em: EntityManager,
  events: readonly NewRecognitionEvent[],
): Promise<readonly bigint[]> {
  if (events.length === 0) return []
  if (!em.isInTransaction()) throw new RangeError('events are appended inside a transaction only')
  // What the unit of work still holds back must not be written under the lock.
  await em.flush()
  await em.execute('select pg_advisory_xact_lock(?)', [appendLock])
  const rows: readonly { sequence: string }[] = await em.execute(insertStatement, [
    JSON.stringify(events),
  ])
  return rows.map(({ sequence }) => BigInt(sequence))
}

const insertStatement = `
  insert into outbox_event
    (id, kind, occurred_on, recorded_at, learner_id, home_member, corrects, fact)
  select event->>'id', event->'fact'->>'kind', (event->>'occurredOn')::date,
    (event->>'recordedAt')::timestamptz, event->>'learnerId', event->>'homeMember',
    event->>'corrects', event->'fact'
  from jsonb_array_elements(?::jsonb) with ordinality as list(event, place)
  order by place
  returning sequence::text`
