import {
  decodeProtectedHeader,
  errors,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  type ProtectedHeaderParameters,
} from 'jose'
import { type OAuthFailure, toFailure } from '../oauth-failure.js'
import { proofAlgorithms } from './issuer-metadata.js'

/** A holder's key whose possession was proven, with the nonce of the proof, which is still to be used up. */
export interface ProvenKey {
  readonly kind: 'proven'
  readonly holderKey: JWK
  readonly nonce: string
}

export interface ProofExpectation {
  /** The credential issuer's identifier. */
  readonly audience: string
  readonly now: Date
}

/** A proof is made for one request; older than this it was made for another. */
const maximumAgeSeconds = 300
const clockSkewSeconds = 60

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'] as const

/**
 * Checks a wallet's proof that it holds a key: type, algorithm, the key in its header, signature, audience and age.
 *
 * @see OpenID4VCI 1.0 appendix F.1, F.4
 */
export async function verifyHolderProof(
  proof: string,
  { audience, now }: ProofExpectation,
): Promise<ProvenKey | OAuthFailure> {
  const claimed = readHolderKey(proof)
  if (claimed.kind === 'failure') return claimed
  const { holderKey } = claimed
  try {
    const { payload } = await jwtVerify(proof, await importJWK(holderKey, claimed.algorithm), {
      audience,
      typ: 'openid4vci-proof+jwt',
      algorithms: [...proofAlgorithms],
      currentDate: now,
      maxTokenAge: maximumAgeSeconds,
      clockTolerance: clockSkewSeconds,
      requiredClaims: ['iat'],
    })
    return toProvenKey(holderKey, payload)
  } catch (error) {
    // jose's messages name a header or a claim, never a value.
    if (error instanceof errors.JOSEError) return toFailure('invalid_proof', error.message)
    return toFailure('invalid_proof', 'the key in the header of the proof cannot be used')
  }
}

function toProvenKey(holderKey: JWK, { nonce }: JWTPayload): ProvenKey | OAuthFailure {
  if (typeof nonce !== 'string') {
    return toFailure('invalid_nonce', 'the proof has no nonce; get one from the nonce endpoint')
  }
  return { kind: 'proven', holderKey, nonce }
}

interface ClaimedKey {
  readonly kind: 'claimed'
  readonly holderKey: JWK
  readonly algorithm: string
}

function readHolderKey(proof: string): ClaimedKey | OAuthFailure {
  let header: ProtectedHeaderParameters
  try {
    header = decodeProtectedHeader(proof)
  } catch {
    return toFailure('invalid_proof', 'the proof is not a JWT')
  }
  const { jwk, alg = '' } = header
  if (jwk === undefined || header.kid !== undefined || header.x5c !== undefined) {
    return toFailure(
      'invalid_proof',
      'the header of the proof must carry the key as jwk, and no kid or x5c',
    )
  }
  if (privateMembers.some((member) => member in jwk)) {
    return toFailure('invalid_proof', 'the key in the header of the proof is not a public key')
  }
  const { kty, crv, x, y, n, e } = jwk
  const members = Object.entries({ kty, crv, x, y, n, e }).filter(
    ([, value]) => value !== undefined,
  )
  return { kind: 'claimed', holderKey: Object.fromEntries(members), algorithm: alg }
}
