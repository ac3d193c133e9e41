import type { OrganisationProfile } from '../credential-source.js'

/** The names one issuing body goes by in the different formats. */
export interface IssuerIdentity {
  /** Name of its folder of keys and the last part of its URLs. */
  readonly slug: string
  /** `did:web`, for `vc+jwt`. */
  readonly did: string
  /** HTTPS URL, for Open Badges and SD-JWT VC; its keys are at `/jwks.json` below it. */
  readonly url: string
  /** Scheme, host and port of `url`. */
  readonly origin: string
  readonly profile: OrganisationProfile
}

/** The path below which an issuing body's public documents are served. */
export const issuersPath = '/credentials/issuers'

/**
 * The names of an issuing body whose documents are served by the hub.
 *
 * @param publicOrigin - Scheme, host and port as the world sees them, without a path.
 * @see W3C did:web method: a port is percent-encoded, path segments become parts of the DID.
 */
export function buildIssuerIdentity(
  publicOrigin: string,
  slug: string,
  profile: OrganisationProfile,
): IssuerIdentity {
  const { host, origin } = new URL(publicOrigin)
  const path = issuersPath.split('/').slice(1).join(':')
  return {
    slug,
    did: `did:web:${host.replace(':', '%3A')}:${path}:${slug}`,
    url: `${origin}${issuersPath}/${slug}`,
    origin,
    profile,
  }
}

/** `kid` of a key in a `vc+jwt`: a DID URL. */
export function toDidKeyId(issuer: IssuerIdentity, keyId: string): string {
  return `${issuer.did}#${keyId}`
}

/** `kid` of a key in an Open Badge: a URL that answers with the JWK. */
export function toKeyUrl(issuer: IssuerIdentity, keyId: string): string {
  return `${issuer.url}/keys/${keyId}`
}
