import type { JWK } from 'jose'

/** ES256 for wallets' formats, RS256 where Open Badges demand it and for seals; PS256 where a body's key is kept to it. */
export const signingAlgorithms = ['ES256', 'RS256', 'PS256'] as const
export type SigningAlgorithm = (typeof signingAlgorithms)[number]

/**
 * Bits of an RSA key that seals. Shorter ones, 2048 bits included, European suites allowed until the end of 2025 only;
 * what others sealed with those is still verified.
 *
 * @see SOG-IS Agreed Cryptographic Mechanisms 1.3, 4.1 (RSA: 3000 bits, shorter ones legacy); ETSI TS 119 312, which
 * takes its suites from there.
 */
export const rsaModulusBits = 3072
export const minimumSealingRsaBits = 3000

/**
 * Makes signatures with one key. What the key is kept in (a file, a key management service, a hardware module) is the
 * implementation's own business; nothing here can read it.
 */
export interface Signer {
  /** RFC 7638 thumbprint of the public key. */
  readonly keyId: string
  readonly algorithm: SigningAlgorithm
  readonly publicJwk: JWK
  /** Base64 DER, leaf first, without the anchor; empty when the key has no certificate. */
  readonly certificateChain: readonly string[]
  /** The JOSE signature (for ES256: r and s, 64 bytes) over the text's UTF-8. */
  sign(text: string): Promise<Uint8Array>
}
