import type { EntityManager } from '@mikro-orm/postgresql'
import { findCredential } from '../store/credential.store.js'
import { type CredentialShare, findShareByToken } from '../store/credential-share.store.js'
import { toTokenHash } from './create-share.js'
import { selectDisclosures } from './select-disclosures.js'

/** What stands behind a link: a document with no more than was disclosed, or nothing any more. */
export type Shared =
  | { readonly kind: 'document'; readonly share: CredentialShare; readonly document: string }
  | { readonly kind: 'ended' }
  | { readonly kind: 'unknown' }

/** Follows a link. A credential that was revoked since is still shown: its verification says so. */
export async function readShared(em: EntityManager, token: string, now: Date): Promise<Shared> {
  const share = await findShareByToken(em, toTokenHash(token))
  if (share === null) return { kind: 'unknown' }
  if (share.withdrawnAt !== null || share.expiresAt <= now) return { kind: 'ended' }
  const credential = await findCredential(em, share.credentialId)
  if (credential === null) return { kind: 'ended' }
  const document = selectDisclosures(credential.document, new Set(share.disclosed))
  return { kind: 'document', share, document }
}
