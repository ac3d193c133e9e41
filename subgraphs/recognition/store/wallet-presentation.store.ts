import type { EntityManager } from '@mikro-orm/postgresql'

/** A presentation somebody asked for, with the answer once a wallet has given one. */
export interface StoredPresentation {
  readonly nonce: string
  readonly claims: readonly string[]
  readonly expiresAt: Date
  readonly answeredAt: Date | null
  readonly result: unknown
}

interface PresentationRow {
  readonly nonce: string
  readonly claims: readonly string[]
  /** Timestamps come as text: the driver parses none. */
  readonly expires_at: string
  readonly answered_at: string | null
  readonly result: unknown
}

/** Keeps a request, and drops those that have run out together with what holders disclosed in them. */
export async function insertPresentation(
  em: EntityManager,
  presentation: {
    readonly id: string
    readonly nonce: string
    readonly claims: readonly string[]
    readonly expiresAt: Date
    readonly now: Date
  },
): Promise<void> {
  await em.execute('delete from wallet_presentation where expires_at < ?', [presentation.now])
  await em.execute(
    'insert into wallet_presentation (id, nonce, claims, expires_at) values (?, ?, ?::jsonb, ?)',
    [
      presentation.id,
      presentation.nonce,
      JSON.stringify(presentation.claims),
      presentation.expiresAt,
    ],
  )
}

/** The presentation, if it has not run out. */
export function findPresentation(
  em: EntityManager,
  id: string,
  now: Date,
): Promise<StoredPresentation | null> {
  return readPresentation(em, '', id, now)
}

/** The same, locked until the end of the transaction. */
export function lockPresentation(
  em: EntityManager,
  id: string,
  now: Date,
): Promise<StoredPresentation | null> {
  return readPresentation(em, 'for update', id, now)
}

/** Keeps the answer; the nonce is used up with it. */
export async function answerPresentation(
  em: EntityManager,
  answer: { readonly id: string; readonly result: unknown; readonly now: Date },
): Promise<void> {
  await em.execute(
    'update wallet_presentation set answered_at = ?, result = ?::jsonb where id = ?',
    [answer.now, JSON.stringify(answer.result), answer.id],
  )
}

async function readPresentation(
  em: EntityManager,
  lock: '' | 'for update',
  id: string,
  now: Date,
): Promise<StoredPresentation | null> {
  const rows: readonly PresentationRow[] = await em.execute(
    `select nonce, claims, expires_at, answered_at, result from wallet_presentation
      where id = ? and expires_at >= ? ${lock}`,
    [id, now],
  )
  const [row] = rows
  if (row === undefined) return null
  return {
    nonce: row.nonce,
    claims: row.claims,
    expiresAt: new Date(row.expires_at),
    answeredAt: row.answered_at === null ? null : new Date(row.answered_at),
    result: row.result,
  }
}
