import type { EntityManager } from '@mikro-orm/postgresql'
import {
  countFailedAttempt,
  lockOfferByCode,
  markRedeemed,
  type StoredOffer,
} from '../../store/wallet-offer.store.js'
import { type OAuthFailure, toFailure } from '../oauth-failure.js'
import { createSecret, hashSecret } from '../secret.js'
import { preAuthorisedGrant } from './issuer-metadata.js'

export interface AccessToken {
  readonly kind: 'token'
  readonly accessToken: string
  readonly expiresInSeconds: number
}

/** A token that lives longer would have to be bound to its sender (OpenID4VCI 1.0 §13.9). */
const tokenLifeSeconds = 300

const maximumAttempts = 5

/**
 * Exchanges a pre-authorised code for an access token, once. After five wrong transaction codes the code is worth
 * nothing any more.
 *
 * @see OpenID4VCI 1.0 §6
 */
export async function redeemCode(
  em: EntityManager,
  form: URLSearchParams,
  now: Date,
): Promise<AccessToken | OAuthFailure> {
  const grantType = form.get('grant_type')
  if (grantType === null) return toFailure('invalid_request', 'grant_type is missing')
  if (grantType !== preAuthorisedGrant) {
    return toFailure('unsupported_grant_type', `only ${preAuthorisedGrant} is supported`)
  }
  const code = form.get('pre-authorized_code')
  if (code === null) return toFailure('invalid_request', 'pre-authorized_code is missing')
  const codeHash = hashSecret('code', code)
  return em.transactional(async (transaction) => {
    const offer = await lockOfferByCode(transaction, codeHash)
    const refusal = refuseCode(offer, now)
    if (refusal !== null) return refusal
    const typed = form.get('tx_code')
    if (offer?.transactionCodeHash != null) {
      if (typed === null) return toFailure('invalid_request', 'tx_code is missing')
      if (hashSecret('transaction code', code, typed) !== offer.transactionCodeHash) {
        await countFailedAttempt(transaction, codeHash)
        return toFailure('invalid_grant', 'the transaction code is wrong')
      }
    }
    const accessToken = createSecret()
    const expiresAt = new Date(now.getTime() + tokenLifeSeconds * 1_000)
    const hash = hashSecret('access token', accessToken)
    await markRedeemed(transaction, codeHash, { hash, expiresAt, now })
    return { kind: 'token', accessToken, expiresInSeconds: tokenLifeSeconds }
  })
}

/** One answer for every code that does not hold: which codes exist is nobody's business. */
function refuseCode(offer: StoredOffer | null, now: Date): OAuthFailure | null {
  const holds =
    offer !== null &&
    offer.redeemedAt === null &&
    offer.expiresAt > now &&
    offer.failedAttempts < maximumAttempts
  return holds ? null : toFailure('invalid_grant', 'the code is unknown, used or has run out')
}
