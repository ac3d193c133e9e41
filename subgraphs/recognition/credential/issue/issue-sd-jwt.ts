import { hash, randomUUID } from 'node:crypto'
import { type CredentialSource, type Issuance, toCredentialUrn } from '../credential-source.js'
import { invariant } from '../invariant.js'
import type { IssuerIdentity } from '../keys/issuer-identity.js'
import { buildStatusEntries } from '../status/status-entry.js'
import { learnerClaims } from './build-vc.js'
import { createHeaderEncoder, signEncodedJws, toNumericDate } from './compact-jws.js'
import { createMoulds } from './document-mould.js'
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

const encodeHeader = createHeaderEncoder((signer) => ({
  alg: signer.algorithm,
  typ: 'dc+sd-jwt',
  kid: signer.keyId,
}))

// Where the salt of a disclosure and the digests of all of them are to stand: in no claim by chance.
const saltMark = `salt ${randomUUID()}`
const digestsMark = `digests ${randomUUID()}`
const castSdJwt = createMoulds(writeSdJwt, [saltMark, digestsMark])

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
  const { templates, values } = castSdJwt(source, issuance, issuer)
  const [payload, ...claims] = templates
  invariant(payload, 'an SD-JWT has a payload')
  let disclosed = '~'
  const digests: string[] = []
  const filled = [...values, '', '']
  for (const claim of claims) {
    filled[values.length] = salt()
    const disclosure = claim.encode(filled)
    digests.push(hash('sha256', disclosure, 'base64url'))
    disclosed += `${disclosure}~`
  }
  // Sorted, so that their order does not give away which is which (RFC 9901, section 4.2.4.1).
  filled[values.length + 1] = digests.sort().join('","')
  const encoded = payload.encode(filled)
  return `${await signEncodedJws(encodeHeader(signer, issuer), encoded, signer)}${disclosed}`
}

/** The payload, then each disclosure. */
function writeSdJwt(
  source: CredentialSource,
  issuance: Issuance,
  issuer: IssuerIdentity,
): readonly string[] {
  const open: Record<string, unknown> = {}
  const disclosures: string[] = []
  const claims = { ...learnerClaims(source.learner), ...buildMicroCredentialClaims(source) }
  for (const [name, value] of Object.entries(claims)) {
    if (isDisclosable.has(name)) disclosures.push(JSON.stringify([saltMark, name, value]))
    else open[name] = value
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
    _sd: [digestsMark],
    _sd_alg: 'sha-256',
  }
  return [JSON.stringify(payload), ...disclosures]
}
