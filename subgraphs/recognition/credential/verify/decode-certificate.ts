import { type KeyObject, X509Certificate } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/** Issuers seal with the same few certificates for years; reading one takes longer than checking a signature. */
const known = new LRUCache<string, X509Certificate>({ max: 200 })
/** Characters of base64. A seal's certificate has 2,000. */
const longestKept = 16_384

/** The certificate in a base64 DER text; null when it is none. The same text gives the same object. */
export function decodeCertificate(text: unknown): X509Certificate | null {
  if (typeof text !== 'string') return null
  const kept = known.get(text)
  if (kept !== undefined) return kept
  try {
    const certificate = new X509Certificate(Buffer.from(text, 'base64'))
    if (text.length <= longestKept) known.set(text, certificate)
    return certificate
  } catch {
    return null
  }
}

const publicKeys = new WeakMap<X509Certificate, KeyObject>()

/**
 * The certificate's public key, the same object each time: Node makes a new one whenever it is asked.
 *
 * @throws Error when the key is of a kind the crypto library does not know.
 */
export function publicKeyOf(certificate: X509Certificate): KeyObject {
  const key = publicKeys.get(certificate) ?? certificate.publicKey
  publicKeys.set(certificate, key)
  return key
}
