import { randomBytes } from 'node:crypto'
import { computeMac } from './compute-mac.js'
import type { RequestKey } from './request-keys.js'
import {
  buildSignatureBase,
  coveredComponents,
  signatureLabel,
  signatureTag,
  toContentDigest,
} from './request-signature.js'

/** A request about to leave. */
export interface OutgoingRequest {
  readonly method: string
  /** Path and query as on the request line. */
  readonly target: string
  readonly body: string | Buffer
  /** Printable ASCII without spaces. */
  readonly principal: string
}

/** Makes the headers that prove a request to be the gateway's; new ones for every attempt, for each works once. */
export type RequestSigner = (request: OutgoingRequest) => Readonly<Record<string, string>>

/** How long a signed request may take to arrive. Short: it bounds what a subgraph has to remember. */
export const signatureLifeSeconds = 30

/**
 * Signs with the first of the keys, as RFC 9421 says, with hmac-sha256.
 *
 * @param wallNow - Milliseconds since 1970.
 * @throws RangeError without a key.
 */
export function createRequestSigner(
  keys: readonly RequestKey[],
  wallNow: () => number = Date.now,
): RequestSigner {
  const [key] = keys
  if (key === undefined) throw new RangeError('there is no key to sign with')
  const fixed = `alg="hmac-sha256";keyid="${key.id}";tag="${signatureTag}"`
  // Unique is enough for a nonce under a signature: a random start of this signer's own, then a count. Random bytes for
  // every request would cost as much as the signature.
  const series = randomBytes(12).toString('base64url')
  let count = 0
  return ({ method, target, body, principal }) => {
    count += 1
    const created = Math.floor(wallNow() / 1_000)
    const expires = created + signatureLifeSeconds
    const nonce = `${series}.${count.toString(36)}`
    const parameters = `${coveredComponents};created=${created};expires=${expires};nonce="${nonce}";${fixed}`
    const contentDigest = toContentDigest(body)
    const base = buildSignatureBase({ method, target, contentDigest, principal }, parameters)
    return {
      'content-digest': contentDigest,
      'hub-principal': principal,
      'signature-input': `${signatureLabel}=${parameters}`,
      signature: `${signatureLabel}=:${computeMac(base, key.secret)}:`,
    }
  }
}
