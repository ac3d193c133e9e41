import { constants, type KeyObject, sign } from 'node:crypto'
import type { JWK } from 'jose'
import { derToJoined } from './ecdsa-encoding.js'
import type { Signer, SigningAlgorithm } from './signer.js'
import { withUtf8 } from './with-utf8.js'

export interface FileSignerOptions {
  readonly keyId: string
  readonly algorithm: SigningAlgorithm
  readonly publicJwk: JWK
  readonly certificateChain: readonly string[]
  readonly privateKey: KeyObject
}

/** A signer over a private key in this process's memory. */
export function createFileSigner({ privateKey, ...description }: FileSignerOptions): Signer {
  const makeSignature = createSignature(privateKey, description.algorithm)
  return {
    ...description,
    // Synchronous inside: a signature takes 30 µs to 1 ms, and handing it to another thread costs as much as ES256.
    sign: async (text) => withUtf8(text, makeSignature),
  }
}

/** The bare key instead of options around it wherever they allow it: Node takes twice the time for options. */
function createSignature(
  key: KeyObject,
  algorithm: SigningAlgorithm,
): (data: Uint8Array) => Uint8Array {
  switch (algorithm) {
    case 'ES256':
      return (data) => derToJoined(sign('sha256', data, key), 32)
    case 'RS256':
      return (data) => sign('sha256', data, key)
    case 'PS256': {
      const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      return (data) => sign('sha256', data, options)
    }
  }
}
