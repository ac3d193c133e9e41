import { constants, type KeyObject, type SignKeyObjectInput, sign } from 'node:crypto'
import type { JWK } from 'jose'
import type { Signer, SigningAlgorithm } from './signer.js'

export interface FileSignerOptions {
  readonly keyId: string
  readonly algorithm: SigningAlgorithm
  readonly publicJwk: JWK
  readonly certificateChain: readonly string[]
  readonly privateKey: KeyObject
}

/** A signer over a private key in this process's memory. */
export function createFileSigner({ privateKey, ...description }: FileSignerOptions): Signer {
  const key = toSigningInput(privateKey, description.algorithm)
  return {
    ...description,
    // Synchronous inside: a signature takes 30 µs to 1 ms, and handing it to another thread costs as much as ES256.
    sign: async (data) => sign('sha256', data, key),
  }
}

function toSigningInput(key: KeyObject, algorithm: SigningAlgorithm): SignKeyObjectInput {
  switch (algorithm) {
    case 'ES256':
      return { key, dsaEncoding: 'ieee-p1363' }
    case 'RS256':
      return { key, padding: constants.RSA_PKCS1_PADDING }
    case 'PS256':
      return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  }
}
