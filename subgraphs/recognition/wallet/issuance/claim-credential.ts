import type { EntityManager } from '@mikro-orm/postgresql'
import type { JWK } from 'jose'
import { z } from 'zod'
import type { AwardId, LearnerId } from '../../../../schema/index.js'
import { consumeNonce, lockOfferByToken, markClaimed } from '../../store/wallet-offer.store.js'
import { type OAuthFailure, toFailure } from '../oauth-failure.js'
import { hashSecret } from '../secret.js'
import { sdJwtConfigurationId } from './issuer-metadata.js'
import { verifyHolderProof } from './verify-holder-proof.js'

/** Makes the credential of an award for the holder of a key; null when the award is not valid any more. */
export type IssueToHolder = (
  em: EntityManager,
  wanted: {
    readonly awardId: AwardId
    readonly learnerId: LearnerId
    readonly holderKey: JWK
    readonly now: Date
  },
) => Promise<string | null>

export interface ClaimedCredential {
  readonly kind: 'credential'
  readonly credential: string
}

const requestSchema = z.object({
  credential_configuration_id: z.string().optional(),
  credential_identifier: z.string().optional(),
  proofs: z.object({ jwt: z.array(z.string().max(8_192)).min(1).max(1) }).optional(),
  credential_response_encryption: z.unknown().optional(),
})

/**
 * Answers a wallet's request for the credential its token stands for. Token and nonce are used up together with the
 * issuing: all in one transaction.
 *
 * @see OpenID4VCI 1.0 §8
 */
export async function claimCredential(
  em: EntityManager,
  request: {
    readonly accessToken: string | null
    readonly body: unknown
    readonly audience: string
    readonly now: Date
  },
  issue: IssueToHolder,
): Promise<ClaimedCredential | OAuthFailure> {
  const { accessToken, audience, now } = request
  if (accessToken === null) return toFailure('invalid_token', 'there is no access token')
  const proof = readProof(request.body)
  if (typeof proof !== 'string') return proof
  const proven = await verifyHolderProof(proof, { audience, now })
  if (proven.kind === 'failure') return proven
  const tokenHash = hashSecret('access token', accessToken)
  return em.transactional(async (transaction) => {
    const offer = await lockOfferByToken(transaction, tokenHash)
    if (offer?.tokenExpiresAt == null || offer.tokenExpiresAt <= now || offer.claimedAt !== null) {
      return toFailure('invalid_token', 'the access token is unknown, used or has run out')
    }
    if (!(await consumeNonce(transaction, hashSecret('nonce', proven.nonce), now))) {
      return toFailure('invalid_nonce', 'the nonce is unknown, used or has run out; get a new one')
    }
    const { awardId, learnerId } = offer
    const { holderKey } = proven
    const credential = await issue(transaction, { awardId, learnerId, holderKey, now })
    if (credential === null) {
      return toFailure('credential_request_denied', 'what was offered is not valid any more')
    }
    await markClaimed(transaction, tokenHash, now)
    return { kind: 'credential', credential }
  })
}

function readProof(body: unknown): string | OAuthFailure {
  const request = requestSchema.safeParse(body)
  if (!request.success) {
    const [issue] = request.error.issues
    const place = issue?.path.join('.') || 'the body'
    return toFailure('invalid_credential_request', `${place}: ${issue?.message ?? 'is not valid'}`)
  }
  const { credential_configuration_id: configuration, credential_identifier: identifier } =
    request.data
  if (request.data.credential_response_encryption !== undefined) {
    return toFailure('invalid_credential_request', 'encrypted responses are not offered')
  }
  if (identifier !== undefined || configuration === undefined) {
    return toFailure(
      'invalid_credential_request',
      'credential_configuration_id is needed, and credential_identifier is not: the token names none',
    )
  }
  if (configuration !== sdJwtConfigurationId) {
    return toFailure('unknown_credential_configuration', `there is only ${sdJwtConfigurationId}`)
  }
  const [proof] = request.data.proofs?.jwt ?? []
  return (
    proof ?? toFailure('invalid_proof', 'proofs.jwt is missing: the credential is bound to a key')
  )
}
