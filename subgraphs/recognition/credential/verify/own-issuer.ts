import { X509Certificate } from 'node:crypto'
import { readOrganizationIdentifier } from '../keys/certificate-subject.js'
import type { IssuerIdentity } from '../keys/issuer-identity.js'
import type { KeyRing } from '../keys/key-ring.js'
import type { TrustedIssuer } from './trust-store.js'

/**
 * An issuing body of this hub as one whose seals are believed: its names, its keys, its anchors.
 *
 * @param mandates - Names and URIs of the awarding bodies it issues for.
 */
export function toTrustedIssuer(
  issuer: IssuerIdentity,
  keys: KeyRing,
  mandates: readonly string[],
): TrustedIssuer {
  const legalIdentifiers = keys.entries
    .flatMap((entry) => entry.certificateChain.slice(0, 1))
    .map((text) => readOrganizationIdentifier(new X509Certificate(Buffer.from(text, 'base64'))))
    .filter((identifier) => identifier !== null)
  return {
    name: issuer.profile.legalNames.en,
    identifiers: [...new Set([issuer.did, issuer.url, ...legalIdentifiers])],
    origin: issuer.origin,
    keys: keys.entries.map((entry) => ({ ...entry })),
    isComplete: true,
    anchors: [...keys.anchors],
    mandates: [...mandates],
    isTest: keys.isTest,
  }
}
