import type { CredentialSource, Issuance } from '../credential-source.js'
import { type IssuerIdentity, toKeyUrl } from '../keys/issuer-identity.js'
import { buildOpenBadge } from './build-open-badge.js'
import { createHeaderEncoder, signEncodedJws, toNumericDate } from './compact-jws.js'
import { createMoulds, encodeOne } from './document-mould.js'
import type { IssueDeps } from './issue-vc-jwt.js'

const encodeHeader = createHeaderEncoder((signer, issuer) => ({
  alg: signer.algorithm,
  kid: toKeyUrl(issuer, signer.keyId),
  typ: 'JWT',
}))

const castBadge = createMoulds((...given) => [JSON.stringify(buildPayload(...given))])

/**
 * An Open Badge 3.0 as a JWT. Unlike `vc+jwt` it has registered claims beside the credential, equal to its properties,
 * its `typ` is `JWT`, and other header parameters than these are not allowed.
 *
 * @see Open Badges Specification 3.0, 8.2 JSON Web Token Proof Format: RS256, `kid` a URL of a JWK.
 */
export function issueOpenBadge(
  source: CredentialSource,
  issuance: Issuance,
  { issuer, keys }: IssueDeps,
): Promise<string> {
  const signer = keys.signer('RS256', issuance.issuedAt)
  const payload = encodeOne(castBadge(source, issuance, issuer))
  return signEncodedJws(encodeHeader(signer, issuer), payload, signer)
}

function buildPayload(
  source: CredentialSource,
  issuance: Issuance,
  issuer: IssuerIdentity,
): object {
  const badge = buildOpenBadge(source, issuance, issuer)
  return {
    ...badge,
    iss: issuer.url,
    jti: badge.id,
    sub: badge.credentialSubject.id,
    nbf: toNumericDate(issuance.issuedAt),
    ...(issuance.validUntil !== null && { exp: toNumericDate(issuance.validUntil) }),
  }
}
