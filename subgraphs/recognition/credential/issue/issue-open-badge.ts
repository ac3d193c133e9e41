import type { CredentialSource, Issuance } from '../credential-source.js'
import { toKeyUrl } from '../keys/issuer-identity.js'
import { buildOpenBadge } from './build-open-badge.js'
import { signCompactJws, toNumericDate } from './compact-jws.js'
import type { IssueDeps } from './issue-vc-jwt.js'

/**
 * An Open Badge 3.0 as a JWT. Unlike `vc+jwt` it has registered claims beside the credential, equal to its properties,
 * its `typ` is `JWT`, and other header parameters than these are not allowed.
 *
 * @see Open Badges Specification 3.0, 8.2 JSON Web Token Proof Format: RS256, `kid` a URL of a JWK.
 */
export async function issueOpenBadge(
  source: CredentialSource,
  issuance: Issuance,
  { issuer, keys }: IssueDeps,
): Promise<string> {
  const signer = keys.signer('RS256', issuance.issuedAt)
  const badge = buildOpenBadge(source, issuance, issuer)
  const payload = {
    ...badge,
    iss: issuer.url,
    jti: badge.id,
    sub: badge.credentialSubject.id,
    nbf: toNumericDate(issuance.issuedAt),
    ...(issuance.validUntil !== null && { exp: toNumericDate(issuance.validUntil) }),
  }
  const header = { alg: signer.algorithm, kid: toKeyUrl(issuer, signer.keyId), typ: 'JWT' }
  return signCompactJws(header, payload, signer)
}
