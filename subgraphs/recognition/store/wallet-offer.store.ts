import type { EntityManager } from '@mikro-orm/postgresql'
import type { AwardId, LearnerId } from '../../../schema/index.js'

/** An offer as kept: no secret in clear. */
export interface StoredOffer {
  readonly awardId: AwardId
  readonly learnerId: LearnerId
  readonly transactionCodeHash: string | null
  readonly failedAttempts: number
  readonly expiresAt: Date
  readonly redeemedAt: Date | null
  readonly tokenExpiresAt: Date | null
  readonly claimedAt: Date | null
}

export interface NewOffer {
  readonly referenceHash: string
  readonly codeHash: string
  readonly transactionCodeHash: string | null
  readonly awardId: AwardId
  readonly learnerId: LearnerId
  readonly expiresAt: Date
}

interface OfferRow {
  readonly award_id: string
  readonly learner_id: string
  readonly transaction_code_hash: string | null
  readonly failed_attempts: number
  /** Timestamps come as text: the driver parses none. */
  readonly expires_at: string
  readonly redeemed_at: string | null
  readonly token_expires_at: string | null
  readonly claimed_at: string | null
}

/** Keeps an offer, and drops those that ended more than a day before. */
export async function insertOffer(em: EntityManager, offer: NewOffer, now: Date): Promise<void> {
  const aDayAgo = new Date(now.getTime() - 86_400_000)
  await em.execute('delete from wallet_offer where expires_at < ?', [aDayAgo])
  await em.execute(
    `insert into wallet_offer
      (reference_hash, code_hash, transaction_code_hash, award_id, learner_id, expires_at)
      values (?, ?, ?, ?, ?, ?)`,
    [
      offer.referenceHash,
      offer.codeHash,
      offer.transactionCodeHash,
      offer.awardId,
      offer.learnerId,
      offer.expiresAt,
    ],
  )
}

/** The offer behind a reference; null when there is none. */
export function findOfferByReference(em: EntityManager, hash: string): Promise<StoredOffer | null> {
  return findOffer(em, 'reference_hash = ?', hash)
}

/** The offer of a code, locked until the end of the transaction. */
export function lockOfferByCode(em: EntityManager, hash: string): Promise<StoredOffer | null> {
  return findOffer(em, 'code_hash = ? for update', hash)
}

/** The offer an access token stands for, locked until the end of the transaction. */
export function lockOfferByToken(em: EntityManager, hash: string): Promise<StoredOffer | null> {
  return findOffer(em, 'token_hash = ? for update', hash)
}

/** Counts a wrong transaction code. */
export async function countFailedAttempt(em: EntityManager, codeHash: string): Promise<void> {
  await em.execute(
    'update wallet_offer set failed_attempts = failed_attempts + 1 where code_hash = ?',
    [codeHash],
  )
}

/** Uses a code up: from now on only the token counts. */
export async function markRedeemed(
  em: EntityManager,
  codeHash: string,
  token: { readonly hash: string; readonly expiresAt: Date; readonly now: Date },
): Promise<void> {
  await em.execute(
    'update wallet_offer set redeemed_at = ?, token_hash = ?, token_expires_at = ? where code_hash = ?',
    [token.now, token.hash, token.expiresAt, codeHash],
  )
}

/** Uses a token up. */
export async function markClaimed(em: EntityManager, tokenHash: string, now: Date): Promise<void> {
  await em.execute('update wallet_offer set claimed_at = ? where token_hash = ?', [now, tokenHash])
}

/** Keeps a nonce, and drops those that have run out. */
export async function insertNonce(
  em: EntityManager,
  nonce: { readonly hash: string; readonly expiresAt: Date; readonly now: Date },
): Promise<void> {
  await em.execute('delete from wallet_nonce where expires_at < ?', [nonce.now])
  await em.execute('insert into wallet_nonce (nonce_hash, expires_at) values (?, ?)', [
    nonce.hash,
    nonce.expiresAt,
  ])
}

/** Uses a nonce up; false when it was never given, has run out or was used before. */
export async function consumeNonce(em: EntityManager, hash: string, now: Date): Promise<boolean> {
  const rows: readonly unknown[] = await em.execute(
    'delete from wallet_nonce where nonce_hash = ? and expires_at >= ? returning nonce_hash',
    [hash, now],
  )
  return rows.length === 1
}

async function findOffer(
  em: EntityManager,
  condition: string,
  hash: string,
): Promise<StoredOffer | null> {
  const rows: readonly OfferRow[] = await em.execute(
    `select award_id, learner_id, transaction_code_hash, failed_attempts, expires_at, redeemed_at,
      token_expires_at, claimed_at from wallet_offer where ${condition}`,
    [hash],
  )
  const [row] = rows
  return row === undefined ? null : toOffer(row)
}

function toOffer(row: OfferRow): StoredOffer {
  return {
    awardId: row.award_id as AwardId,
    learnerId: row.learner_id as LearnerId,
    transactionCodeHash: row.transaction_code_hash,
    failedAttempts: row.failed_attempts,
    expiresAt: new Date(row.expires_at),
    redeemedAt: toDate(row.redeemed_at),
    tokenExpiresAt: toDate(row.token_expires_at),
    claimedAt: toDate(row.claimed_at),
  }
}

function toDate(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
