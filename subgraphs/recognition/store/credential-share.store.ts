import type { EntityManager } from '@mikro-orm/postgresql'
import type { CredentialId, LearnerId } from '../../../schema/index.js'

/** A link that shows one credential. The token in it is not here, only known by its hash. */
export interface CredentialShare {
  readonly id: string
  readonly learnerId: LearnerId
  readonly credentialId: CredentialId
  /** Names of claims shown beside those that are always open. */
  readonly disclosed: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly withdrawnAt: Date | null
  /** How often the page was opened. */
  readonly views: number
}

interface ShareRow {
  readonly id: string
  readonly learner_id: string
  readonly credential_id: string
  readonly disclosed: readonly string[]
  /** Timestamps come as text: the driver parses none. */
  readonly created_at: string
  readonly expires_at: string
  readonly withdrawn_at: string | null
  readonly views: number
}

/** Keeps a new link. */
export async function insertCredentialShare(
  em: EntityManager,
  share: CredentialShare & { readonly tokenHash: string },
): Promise<void> {
  await em.execute(
    `insert into credential_share
      (id, token_hash, learner_id, credential_id, disclosed, created_at, expires_at)
      values (?, ?, ?, ?, ?::jsonb, ?, ?)`,
    [
      share.id,
      share.tokenHash,
      share.learnerId,
      share.credentialId,
      JSON.stringify(share.disclosed),
      share.createdAt,
      share.expiresAt,
    ],
  )
}

/** A learner's links, newest first. */
export async function findSharesOfLearner(
  em: EntityManager,
  learnerId: LearnerId,
  limit: number,
): Promise<readonly CredentialShare[]> {
  const rows: readonly ShareRow[] = await em.execute(
    'select * from credential_share where learner_id = ? order by created_at desc, id limit ?',
    [learnerId, limit],
  )
  return rows.map(toShare)
}

/** The link behind a token, also an ended one; null when there is none. */
export async function findShareByToken(
  em: EntityManager,
  tokenHash: string,
): Promise<CredentialShare | null> {
  const rows: readonly ShareRow[] = await em.execute(
    'select * from credential_share where token_hash = ?',
    [tokenHash],
  )
  return rows.map(toShare)[0] ?? null
}

/** Counts a look at a link. */
export async function countShareView(em: EntityManager, id: string): Promise<void> {
  await em.execute('update credential_share set views = views + 1 where id = ?', [id])
}

/** Ends a link of this learner; null when there is none of that id. Ending it again changes nothing. */
export async function withdrawShare(
  em: EntityManager,
  {
    id,
    learnerId,
    now,
  }: { readonly id: string; readonly learnerId: LearnerId; readonly now: Date },
): Promise<CredentialShare | null> {
  const rows: readonly ShareRow[] = await em.execute(
    `update credential_share set withdrawn_at = coalesce(withdrawn_at, ?)
      where id = ? and learner_id = ? returning *`,
    [now, id, learnerId],
  )
  return rows.map(toShare)[0] ?? null
}

function toShare(row: ShareRow): CredentialShare {
  return {
    id: row.id,
    learnerId: row.learner_id as LearnerId,
    credentialId: row.credential_id as CredentialId,
    disclosed: row.disclosed,
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    withdrawnAt: row.withdrawn_at === null ? null : new Date(row.withdrawn_at),
    views: row.views,
  }
}
