import { hash } from 'node:crypto'
import { type CredentialSource, type Issuance, toCredentialUrn } from '../credential-source.js'
import { buildStatusEntries } from '../status/status-entry.js'
import { learnerClaims } from './build-vc.js'
import { signCompactJws, toNumericDate } from './compact-jws.js'
import { encodeText } from './encode-text.js'
import type { IssueDeps } from './issue-vc-jwt.js'
import { buildMicroCredentialClaims } from './micro-credential-claims.js'

/** `vct` of a micro-credential: a name, not an address; nothing has to be fetched to read one. */
export const microCredentialType = 'urn:eu.alliance-hub:micro-credential:1'

/**
 * What a holder may keep to themselves. Everything else are the mandatory elements of Annex I about the achievement:
 * who verifies a presentation can always judge what was achieved.
 */
export const disclosableClaims = [
  'givenName',
  'familyName',
  'dateOfBirth',
  'identifier',
  'summary',
  'grade',
  'supervision',
  'entryRequirements',
  'countsTowards',
] as const

const isDisclosable: ReadonlySet<string> = new Set(disclosableClaims)

/**
 * An SD-JWT VC with all its disclosures, as the holder gets it: `<jwt>~<disclosure>~…~`.
 *
 * @see RFC 9901 (SD-JWT), draft-ietf-oauth-sd-jwt-vc: media type `application/dc+sd-jwt`.
 */
export async function issueSdJwtVc(
  source: CredentialSource,
  issuance: Issuance,
  { issuer, keys, salt }: IssueDeps,
): Promise<string> {
  const signer = keys.signer('ES256', issuance.issuedAt)
  const open: Record<string, unknown> = {}
  const disclosures: string[] = []
  const digests: string[] = []
  const claims = { ...learnerClaims(source.learner), ...buildMicroCredentialClaims(source) }
  for (const [name, value] of Object.entries(claims)) {
    if (!isDisclosable.has(name)) {
      open[name] = value
      continue
    }
    const disclosure = encodeText(`["${salt()}","${name}",${JSON.stringify(value)}]`)
    disclosures.push(disclosure)
    digests.push(hash('sha256', disclosure, 'base64url'))
  }
  const payload = {
    iss: issuer.url,
    jti: toCredentialUrn(issuance.id),
    vct: microCredentialType,
    iat: toNumericDate(issuance.issuedAt),
    ...(issuance.validUntil !== null && { exp: toNumericDate(issuance.validUntil) }),
    ...(issuance.holderKey !== null && { cnf: { jwk: issuance.holderKey } }),
    ...(issuance.status !== null && { credentialStatus: buildStatusEntries(issuance.status) }),
    ...(issuance.supersedes !== null && { supersedes: toCredentialUrn(issuance.supersedes) }),
    ...open,
    // Sorted, so that their order does not give away which is which (RFC 9901, section 4.2.4.1).
    _sd: digests.sort(),
    _sd_alg: 'sha-256',
  }
  const header = { alg: signer.algorithm, typ: 'dc+sd-jwt', kid: signer.keyId }
  const jwt = await signCompactJws(header, payload, signer)
  return `${[jwt, ...disclosures].join('~')}~`
}
