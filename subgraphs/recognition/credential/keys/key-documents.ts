import { type IssuerIdentity, toDidKeyId } from './issuer-identity.js'
import type { KeyEntry } from './key-manifest.js'

/** The key set of an issuing body (RFC 7517). */
export function buildJwks(entries: readonly KeyEntry[]): object {
  return { keys: entries.map(toPublishedJwk) }
}

/** One key as it is published: what to verify, nothing to sign with. */
export function toPublishedJwk(entry: KeyEntry): object {
  return {
    ...entry.publicJwk,
    kid: entry.keyId,
    alg: entry.algorithm,
    use: 'sig',
    ...(entry.certificateChain.length > 0 && { x5c: entry.certificateChain }),
  }
}

/** The DID document of an issuing body, with every key for assertions (W3C DID Core 1.0, JsonWebKey). */
export function buildDidDocument(issuer: IssuerIdentity, entries: readonly KeyEntry[]): object {
  const ids = entries.map((entry) => toDidKeyId(issuer, entry.keyId))
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
    id: issuer.did,
    alsoKnownAs: [issuer.url],
    verificationMethod: entries.map((entry, index) => ({
      id: ids[index],
      type: 'JsonWebKey',
      controller: issuer.did,
      publicKeyJwk: { ...entry.publicJwk, kid: entry.keyId, alg: entry.algorithm },
    })),
    assertionMethod: ids,
  }
}

/**
 * Issuer metadata for SD-JWT VC, served at `/.well-known/jwt-vc-issuer` with the issuer's path behind it.
 *
 * @see draft-ietf-oauth-sd-jwt-vc, section 5.
 */
export function buildJwtVcIssuerMetadata(issuer: IssuerIdentity): object {
  return { issuer: issuer.url, jwks_uri: `${issuer.url}/jwks.json` }
}

/** The issuing body's profile, as its URL answers (Open Badges 3.0, Profile). */
export function buildIssuerProfile(issuer: IssuerIdentity): object {
  const { profile } = issuer
  return {
    id: issuer.url,
    type: ['Profile'],
    name: profile.legalNames.en,
    ...(profile.homepage !== null && { url: profile.homepage }),
  }
}
