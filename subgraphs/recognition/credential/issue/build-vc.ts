import { type CredentialSource, type Issuance, toCredentialUrn } from '../credential-source.js'
import { microCredentialContextUrl } from '../json-ld/micro-credential-context.js'
import type { IssuerIdentity } from '../keys/issuer-identity.js'
import { buildStatusEntries } from '../status/status-entry.js'
import { toInstant } from './compact-jws.js'
import { buildMicroCredentialClaims } from './micro-credential-claims.js'

export const vcContextUrl = 'https://www.w3.org/ns/credentials/v2'

/**
 * A micro-credential in the W3C Verifiable Credentials data model 2.0, unsecured.
 *
 * @see https://www.w3.org/TR/vc-data-model-2.0/
 */
export function buildVerifiableCredential(
  source: CredentialSource,
  issuance: Issuance,
  issuer: IssuerIdentity,
): Readonly<Record<string, unknown>> {
  const { learner, definition } = source
  return {
    '@context': [vcContextUrl, microCredentialContextUrl(issuer)],
    id: toCredentialUrn(issuance.id),
    type: ['VerifiableCredential', 'MicroCredentialCredential'],
    name: definition.titles.en,
    issuer: { id: issuer.did, type: 'Organisation', name: issuer.profile.legalNames.en },
    validFrom: toInstant(issuance.issuedAt),
    ...(issuance.validUntil !== null && { validUntil: toInstant(issuance.validUntil) }),
    ...(issuance.status !== null && { credentialStatus: buildStatusEntries(issuance.status) }),
    ...(issuance.supersedes !== null && { supersedes: toCredentialUrn(issuance.supersedes) }),
    credentialSubject: {
      ...(issuance.holderKey !== null && { id: toDidJwk(issuance.holderKey) }),
      type: 'Learner',
      ...learnerClaims(learner),
      microCredential: { type: 'MicroCredential', ...buildMicroCredentialClaims(source) },
    },
  }
}

/** Who has earned it, with nothing for what is not known. */
export function learnerClaims(
  learner: CredentialSource['learner'],
): Readonly<Record<string, string>> {
  return {
    givenName: learner.givenName,
    familyName: learner.familyName,
    ...(learner.dateOfBirth !== null && { dateOfBirth: learner.dateOfBirth }),
  }
}

/** The holder named by their key. */
export function toDidJwk(key: object): string {
  return `did:jwk:${Buffer.from(JSON.stringify(key)).toString('base64url')}`
}
