import type { EntityManager } from '@mikro-orm/postgresql'
import { HubError } from '../../../schema/index.js'

/** A key as somebody uses it for one command with one input. */
export interface IdempotencyClaim {
  readonly actor: string
  readonly key: string
  readonly operation: string
  readonly inputDigest: string
  readonly at: Date
}

/**
 * Takes the key for this transaction, or returns the answer that was given under it. Two requests with one key at the
 * same time: the second waits for the first one's end.
 *
 * @throws HubError `IDEMPOTENCY_KEY_REUSED` when it was used for something else.
 */
export async function claimIdempotencyKey(
  em: EntityManager,
  claim: IdempotencyClaim,
): Promise<{ readonly answer: unknown } | null> {
  const { actor, key, operation, inputDigest, at } = claim
  const taken: readonly object[] = await em.execute(
    `insert into idempotency_key (actor, key, operation, input_digest, created_at)
     values (?, ?, ?, ?, ?) on conflict do nothing returning key`,
    [actor, key, operation, inputDigest, at],
  )
  if (taken.length > 0) return null
  const [earlier]: { operation: string; input_digest: string; answer: unknown }[] =
    await em.execute(
      'select operation, input_digest, answer from idempotency_key where actor = ? and key = ?',
      [actor, key],
    )
  if (earlier?.operation !== operation || earlier.input_digest !== inputDigest) {
    throw new HubError('IDEMPOTENCY_KEY_REUSED')
  }
  return { answer: earlier.answer }
}

/** Keeps what is answered from now on under a claimed key. */
export async function keepAnswer(
  em: EntityManager,
  { actor, key }: IdempotencyClaim,
  answer: unknown,
): Promise<void> {
  await em.execute('update idempotency_key set answer = ?::jsonb where actor = ? and key = ?', [
    JSON.stringify(answer),
    actor,
    key,
  ])
}

/** Forgets keys older than `before`; returns how many. A client that repeats a request does so within minutes. */
export async function forgetIdempotencyKeys(em: EntityManager, before: Date): Promise<number> {
  const rows: readonly object[] = await em.execute(
    'delete from idempotency_key where created_at < ? returning key',
    [before],
  )
  return rows.length
}
