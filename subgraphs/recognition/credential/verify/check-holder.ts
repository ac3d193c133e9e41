import { toTime } from './instant.js'
import type { ParsedCredential } from './parsed-credential.js'
import { toPublicKey } from './public-key.js'
import { type Check, toCheck } from './report.js'
import { isJsonObject } from './strict-decoding.js'
import { verifySignature } from './verify-signature.js'

/** What a verifier asked a holder to sign, so that nobody else can show the same again. */
export interface PresentationExpectation {
  readonly audience: string
  readonly nonce: string
}

const maxAgeMs = 600_000
const clockSkewMs = 120_000

/**
 * Checks that who presents an SD-JWT holds the key it was issued to.
 *
 * @see RFC 9901, section 7.3: typ, signature, `sd_hash`, `aud`, `nonce`, `iat`.
 */
export function checkHolder(
  { keyBinding, document, format }: ParsedCredential,
  expected: PresentationExpectation | null,
  now: number,
): Check {
  const result = (status: Check['status'], code: string, message: string) =>
    toCheck('HOLDER', status, [{ code, message }])
  if (keyBinding === null) {
    if (expected === null) {
      return result('neutral', 'NOT_PRESENTED', 'The document is looked at, nobody presents it.')
    }
    const message =
      format === 'dc+sd-jwt'
        ? 'The holder proves no key.'
        : 'This format proves no holder by itself.'
    return result('fail', 'KEY_BINDING_MISSING', message)
  }
  const { header, payload, input, signature, presentedHash } = keyBinding
  const jwk = isJsonObject(document.cnf) && isJsonObject(document.cnf.jwk) ? document.cnf.jwk : null
  const key = jwk === null ? null : toPublicKey(jwk)
  if (key === null) return result('fail', 'HOLDER_KEY_MISSING', 'It is bound to no holder’s key.')
  if (header.typ !== 'kb+jwt') return result('fail', 'KEY_BINDING_INVALID', 'Its typ is another.')
  if (verifySignature(header.alg, key, input, signature) !== 'intact') {
    return result('fail', 'KEY_BINDING_INVALID', 'Another key than the holder’s signed it.')
  }
  if (payload.sd_hash !== presentedHash) {
    return result('fail', 'KEY_BINDING_INVALID', 'The holder signed another presentation.')
  }
  if (expected === null) {
    const message = 'The holder proved the key to somebody, but not to this verifier.'
    return result('unknown', 'PRESENTED_TO_ANOTHER', message)
  }
  if (payload.aud !== expected.audience || payload.nonce !== expected.nonce) {
    return result('fail', 'KEY_BINDING_INVALID', 'It answers another request.')
  }
  const signedAt = toTime(payload.iat)
  if (signedAt === null || signedAt > now + clockSkewMs || signedAt < now - maxAgeMs) {
    return result('fail', 'KEY_BINDING_INVALID', 'It was not signed just now.')
  }
  return result('pass', 'HOLDER_PROVEN', 'Who presents it holds the key it was issued to.')
}
