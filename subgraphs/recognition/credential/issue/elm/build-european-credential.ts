import type { CredentialSource, Issuance, LearnerIdentity } from '../../credential-source.js'
import { findLanguageConcept, pngConcept } from '../../vocabulary/authority-concepts.js'
import {
  base64Concept,
  genericProfileConcept,
  mandateConcept,
} from '../../vocabulary/learning-concepts.js'
import { toInstant } from '../compact-jws.js'
import { buildMandateStatement } from '../micro-credential-claims.js'
import { buildAccreditation } from './build-accreditation.js'
import { buildAchievement } from './build-achievement.js'
import { buildOrganisation } from './build-organisation.js'
import { cardImageBase64 } from './card-image.js'
import { createNodeFactory, type ElmNode, type NodeFactory } from './node-factory.js'

export const europeanContexts = [
  'https://www.w3.org/2018/credentials/v1',
  'http://data.europa.eu/snb/model/context/edc-ap',
] as const

/** Application profiles, by the identifiers their SHACL shapes have. */
export const applicationProfiles = {
  generic: 'http://data.europa.eu/snb/model/ap/edc-generic-full',
  mandate: 'http://data.europa.eu/snb/model/ap/edc-issued-by-mandate',
  accredited: 'http://data.europa.eu/snb/model/ap/edc-accredited',
} as const

/**
 * A European Digital Credential in ELM v3 JSON-LD, unsealed. The same source and issuance give the same bytes.
 *
 * @param legalIdentifier - The issuing body's, as its seal's certificate names it (`organizationIdentifier`).
 */
export function buildEuropeanCredential(
  source: CredentialSource,
  issuance: Issuance,
  legalIdentifier: string,
): Readonly<Record<string, unknown>> {
  const id = toEuropeanUrn(issuance.id)
  const factory = createNodeFactory(id)
  const issued = toInstant(issuance.issuedAt)
  const until = issuance.validUntil === null ? null : toInstant(issuance.validUntil)
  const profiles = [
    applicationProfiles.generic,
    applicationProfiles.mandate,
    ...(source.award.accreditation === null ? [] : [applicationProfiles.accredited]),
  ]
  return {
    '@context': europeanContexts,
    id,
    type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
    credentialProfiles: genericProfileConcept,
    credentialSchema: profiles.map((profile) => ({ id: profile, type: 'ShaclValidator2017' })),
    displayParameter: buildDisplay(factory, source),
    issuer: buildOrganisation(factory, source.issuingBody, legalIdentifier),
    issuanceDate: issued,
    issued,
    validFrom: issued,
    ...(until !== null && { expirationDate: until, validUntil: until }),
    // The profile allows one literal of type anyURI, which rules out the status objects of the VC data model.
    ...(issuance.status !== null && {
      'cred:credentialStatus': {
        '@type': 'xsd:anyURI',
        '@value': `${issuance.status.list}#${issuance.status.index}`,
      },
    }),
    credentialSubject: buildPerson(factory, source),
    evidence: buildEvidence(factory, source),
    ...(issuance.supersedes !== null && {
      'dc:replaces': { id: toEuropeanUrn(issuance.supersedes) },
    }),
  }
}

/** The document's own name in the European formats. */
export function toEuropeanUrn(id: string): string {
  return `urn:credential:${id.slice(id.lastIndexOf(':') + 1)}`
}

function buildPerson(factory: NodeFactory, source: CredentialSource): ElmNode {
  const { givenName, familyName, dateOfBirth }: LearnerIdentity = source.learner
  return factory.node('Person', {
    givenName: { en: givenName },
    familyName: { en: familyName },
    fullName: { en: `${givenName} ${familyName}` },
    dateOfBirth: dateOfBirth === null ? undefined : `${dateOfBirth}T00:00:00Z`,
    hasClaim: buildAchievement(factory, source),
  })
}

function buildEvidence(factory: NodeFactory, source: CredentialSource): ElmNode {
  return factory.node('Evidence', {
    dcType: mandateConcept,
    evidenceStatement: buildMandateStatement(source),
    accreditation:
      source.award.accreditation === null ? undefined : buildAccreditation(factory, source),
  })
}

function buildDisplay({ node }: NodeFactory, { definition }: CredentialSource): ElmNode {
  const english = findLanguageConcept('en')
  return node('DisplayParameter', {
    title: definition.titles,
    description: definition.descriptions,
    primaryLanguage: english,
    language: Object.keys(definition.titles).flatMap((tag) => findLanguageConcept(tag) ?? []),
    individualDisplay: node('IndividualDisplay', {
      language: english,
      displayDetail: node('DisplayDetail', {
        page: 1,
        image: node('MediaObject', {
          content: cardImageBase64,
          contentEncoding: base64Concept,
          contentType: pngConcept,
        }),
      }),
    }),
  })
}
