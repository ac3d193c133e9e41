import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearnerId } from '../../../../schema/index.js'
import type { RecognitionEvent, RecognitionFact } from '../../domain/recognition-event.js'

interface EventRow {
  readonly sequence: string
  readonly id: string
  readonly occurred_on: string
  readonly recorded_at: string | Date
  readonly learner_id: string
  readonly home_member: string | null
  readonly corrects: string | null
  readonly fact: RecognitionFact
}

/** Up to `limit` events after a position, oldest first; fewer means that there are no more by now. */
export async function readEvents(
  em: EntityManager,
  afterSequence: bigint,
  limit: number,
): Promise<readonly RecognitionEvent[]> {
  const rows: readonly EventRow[] = await em.execute(selectStatement, [
    afterSequence.toString(),
    limit,
  ])
  return rows.map((row) => ({
    sequence: BigInt(row.sequence),
    id: row.id,
    occurredOn: row.occurred_on,
    recordedAt: new Date(row.recorded_at).toISOString(),
    learnerId: row.learner_id as LearnerId,
    homeMember: row.home_member,
    corrects: row.corrects,
    fact: row.fact,
  }))
}

// The column is named with its table: `order by sequence` alone would sort the text of the select list.
const selectStatement = `
  select sequence::text, id, occurred_on::text, recorded_at, learner_id, home_member, corrects, fact
  from outbox_event where sequence > ?::bigint order by outbox_event.sequence limit ?::int`
