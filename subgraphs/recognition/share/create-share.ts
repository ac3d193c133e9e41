import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { AwardId } from '../../../schema/index.js'
import type { CredentialDesk, IssueRefusal } from '../credential/desk/credential-desk.js'
import { findAwards } from '../store/award.store.js'
import { type CredentialShare, insertCredentialShare } from '../store/credential-share.store.js'
import { createSecret, hashSecret } from '../wallet/secret.js'

/** What a learner may show beside the achievement itself. */
export const shareableParts = {
  NAME: ['givenName', 'familyName'],
  GRADE: ['grade'],
  PREREQUISITES: ['entryRequirements'],
  PATHWAYS: ['countsTowards'],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type ShareablePart = keyof typeof shareableParts

/** Days a link holds at most, and unless said otherwise. */
export const maximumShareDays = 365
export const defaultShareDays = 30

/** Path of shared credentials below the hub's public URL; the token follows. */
export const sharedPath = '/credentials/shared'

/** A link that was made. The token in it is shown now and never again. */
export interface CreatedShare {
  readonly kind: 'created'
  readonly share: CredentialShare
  readonly url: string
}

export interface ShareWish {
  /** An award of the learner's own: the caller has checked. */
  readonly awardId: AwardId
  readonly parts: readonly ShareablePart[]
  /** 1 to {@link maximumShareDays}. */
  readonly days: number
}

/** Makes a link that shows the credential of an award, with no more than the learner chose. */
export async function createShare(
  em: EntityManager,
  wish: ShareWish,
  deps: { readonly desk: CredentialDesk; readonly publicUrl: string; readonly now: Date },
): Promise<CreatedShare | { readonly kind: 'refused'; readonly reason: IssueRefusal }> {
  const { desk, publicUrl, now } = deps
  return em.transactional(async (transaction) => {
    const award = (await findAwards(transaction, [wish.awardId])).get(wish.awardId)
    if (award === undefined) return { kind: 'refused', reason: 'AWARD_UNKNOWN' }
    const wanted = { awardId: award.id, format: 'dc+sd-jwt', holderKey: null, now } as const
    const outcome = await desk.issue(transaction, wanted)
    if (outcome.kind === 'refused') return outcome
    const token = createSecret()
    const share: CredentialShare = {
      id: randomUUID(),
      learnerId: award.learnerId,
      credentialId: outcome.credential.id,
      disclosed: wish.parts.flatMap((part) => shareableParts[part]),
      createdAt: now,
      expiresAt: new Date(now.getTime() + wish.days * 86_400_000),
      withdrawnAt: null,
      views: 0,
    }
    await insertCredentialShare(transaction, { ...share, tokenHash: toTokenHash(token) })
    return { kind: 'created', share, url: `${publicUrl}${sharedPath}/${token}` }
  })
}

/** What is kept of a link's token. */
export function toTokenHash(token: string): string {
  return hashSecret('credential share', token)
}
