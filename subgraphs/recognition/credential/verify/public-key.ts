import { createPublicKey, type KeyObject } from 'node:crypto'
import type { JsonObject } from './strict-decoding.js'

/** The public key in a JWK; null when it is none, or when it shows a private part, which nobody may rely on. */
export function toPublicKey(jwk: JsonObject): KeyObject | null {
  if ('d' in jwk || jwk.kty === 'oct') return null
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return null
  }
}
