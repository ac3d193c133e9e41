import type { CredentialSource, Issuance } from '../credential-source.js'
import { type IssuerIdentity, toDidKeyId } from '../keys/issuer-identity.js'
import type { KeyRing } from '../keys/key-ring.js'
import { buildVerifiableCredential } from './build-vc.js'
import { createHeaderEncoder, signEncodedJws } from './compact-jws.js'
import { createMoulds, encodeOne } from './document-mould.js'

/** What issuing takes besides what is issued. */
export interface IssueDeps {
  readonly issuer: IssuerIdentity
  readonly keys: KeyRing
  /** At least 128 random bits in base64url, for the salts of selective disclosure. */
  readonly salt: () => string
}

const encodeHeader = createHeaderEncoder((signer, issuer) => ({
  alg: signer.algorithm,
  typ: 'vc+jwt',
  cty: 'vc',
  kid: toDidKeyId(issuer, signer.keyId),
}))

const castCredential = createMoulds((...given) => [
  JSON.stringify(buildVerifiableCredential(...given)),
])

/**
 * A `vc+jwt`: the payload is the credential itself, with no claim beside it that could contradict it.
 *
 * @see https://www.w3.org/TR/vc-jose-cose/#with-jose
 */
export function issueVcJwt(
  source: CredentialSource,
  issuance: Issuance,
  { issuer, keys }: IssueDeps,
): Promise<string> {
  const signer = keys.signer('ES256', issuance.issuedAt)
  const payload = encodeOne(castCredential(source, issuance, issuer))
  return signEncodedJws(encodeHeader(signer, issuer), payload, signer)
}
