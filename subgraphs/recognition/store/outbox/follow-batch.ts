import type { EntityManager } from '@mikro-orm/postgresql'
import type { RecognitionEvent } from '../../domain/recognition-event.js'
import { readEvents } from './read-events.js'

export interface FollowOptions {
  /** Names the follower; its position is kept under it for good. */
  readonly name: string
  /** Events of one batch at most. */
  readonly limit: number
  /**
   * Does what follows from these events. Everything it writes through `em` is committed together with the new position
   * or not at all. May append events itself, as the last thing it does.
   */
  readonly handle: (em: EntityManager, events: readonly RecognitionEvent[]) => Promise<void>
}

/** How far a follower is after a batch. */
export interface FollowResult {
  /** Sequence of the last event it has dealt with; 0 before the first. */
  readonly position: bigint
  /** Events of this batch; 0 when it had caught up. */
  readonly handled: number
}

/**
 * Reads the next events of a follower and moves its position, all in one transaction: a crash at any moment repeats
 * the batch or has it done, never half. Two processes with the same follower take turns.
 */
export function followBatch(em: EntityManager, options: FollowOptions): Promise<FollowResult> {
  const { name, limit, handle } = options
  return em.fork().transactional(async (transaction) => {
    const position = await lockPosition(transaction, name)
    const events = await readEvents(transaction, position, limit)
    const last = events.at(-1)
    if (!last) return { position, handled: 0 }
    await transaction.execute('update follower set position = ?::bigint where name = ?', [
      last.sequence.toString(),
      name,
    ])
    await handle(transaction, events)
    return { position: last.sequence, handled: events.length }
  })
}

async function lockPosition(em: EntityManager, name: string): Promise<bigint> {
  await em.execute('insert into follower (name) values (?) on conflict do nothing', [name])
  const [row]: { position: string }[] = await em.execute(
    'select position::text from follower where name = ? for update',
    [name],
  )
  return BigInt(row?.position ?? 0)
}
