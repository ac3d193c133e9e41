import { constants, type KeyObject, verify } from 'node:crypto'
import { joinedToDer } from '../keys/ecdsa-encoding.js'
import { withUtf8 } from '../keys/with-utf8.js'

/** JOSE algorithms we verify: asymmetric ones only. A `none` or a shared secret proves nothing to a third party. */
const algorithms = {
  ES256: { hash: 'sha256', type: 'ec', curve: 'prime256v1', bytes: 32 },
  ES384: { hash: 'sha384', type: 'ec', curve: 'secp384r1', bytes: 48 },
  RS256: { hash: 'sha256', type: 'rsa', isPss: false },
  RS384: { hash: 'sha384', type: 'rsa', isPss: false },
  RS512: { hash: 'sha512', type: 'rsa', isPss: false },
  PS256: { hash: 'sha256', type: 'rsa', isPss: true },
  EdDSA: { hash: null, type: 'ed25519' },
} as const

const minimumRsaBits = 2048

export type SignatureResult = 'intact' | 'broken' | 'algorithmUnknown' | 'keyUnfit'

/** Whether `signature` was made over the UTF-8 of `input` with the private part of `key`. `keyUnfit`: too short or of another kind. */
export function verifySignature(
  algorithm: unknown,
  key: KeyObject,
  input: string,
  signature: Uint8Array,
): SignatureResult {
  if (typeof algorithm !== 'string' || !Object.hasOwn(algorithms, algorithm)) {
    return 'algorithmUnknown'
  }
  const rule = algorithms[algorithm as keyof typeof algorithms]
  const details = detailsOf(key)
  if (details.type !== rule.type) return 'keyUnfit'
  if (rule.type === 'ec' && details.curve !== rule.curve) return 'keyUnfit'
  if (rule.type === 'rsa' && details.bits < minimumRsaBits) return 'keyUnfit'
  return withUtf8(input, (bytes) => isIntact(rule, key, bytes, signature)) ? 'intact' : 'broken'
}

interface KeyDetails {
  readonly type: string | undefined
  readonly curve: string | undefined
  readonly bits: number
}

// Asking a key what it is costs a third of an RSA verification, and the answer never changes.
const knownDetails = new WeakMap<KeyObject, KeyDetails>()

function detailsOf(key: KeyObject): KeyDetails {
  const known = knownDetails.get(key)
  if (known !== undefined) return known
  const { asymmetricKeyType: type, asymmetricKeyDetails } = key
  const { namedCurve: curve, modulusLength: bits = 0 } = asymmetricKeyDetails ?? {}
  const details = { type, curve, bits }
  knownDetails.set(key, details)
  return details
}

type Rule = (typeof algorithms)[keyof typeof algorithms]

/** The bare key instead of options around it wherever they allow it: Node takes twice the time for options. */
function isIntact(rule: Rule, key: KeyObject, input: Uint8Array, signature: Uint8Array): boolean {
  switch (rule.type) {
    case 'ec': {
      const der = joinedToDer(signature, rule.bytes)
      return der !== null && verify(rule.hash, input, key, der)
    }
    case 'rsa':
      return verify(
        rule.hash,
        input,
        rule.isPss ? { key, padding: constants.RSA_PKCS1_PSS_PADDING } : key,
        signature,
      )
    case 'ed25519':
      return verify(rule.hash, input, key, signature)
  }
}
