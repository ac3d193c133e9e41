import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { JWK } from 'jose'
import { z } from 'zod'

const keySchema = z.object({
  keyId: z.string(),
  algorithm: z.string(),
  publicJwk: z.record(z.string(), z.unknown()),
  certificateChain: z.array(z.string()),
  signsFrom: z.iso.datetime(),
  signsUntil: z.iso.datetime().nullable(),
  withdrawnAt: z.iso.datetime().nullable(),
})

/** An issuer whose seals are believed, as it stands in a trust file. */
export const trustedIssuerSchema = z.object({
  name: z.string().min(1),
  /** Every name it goes by in credentials: DID, HTTPS URL, legal identifier of its seal. */
  identifiers: z.array(z.string().min(1)).min(1),
  /** Where its keys and status lists may be fetched from; null: nowhere. */
  origin: z.url().nullable(),
  keys: z.array(keySchema),
  /** Whether it has no other keys: what names another one is not its. False for a copy, which may be out of date. */
  isComplete: z.boolean(),
  /** Base64 DER of certificate authorities whose seals are believed for this issuer. */
  anchors: z.array(z.base64()),
  /** Whom it may issue for: URIs or legal names of awarding bodies. */
  mandates: z.array(z.string()),
  /** Keys of a test authority: what they seal has no legal value, and the report says so. */
  isTest: z.boolean(),
})
export type TrustedIssuer = z.infer<typeof trustedIssuerSchema>

/** A key we know, ready to verify with. */
export interface TrustedKey {
  readonly issuer: TrustedIssuer
  readonly key: KeyObject
  readonly algorithm: string
  readonly signsFrom: number
  /** Milliseconds since 1970; null while it signs. */
  readonly signsUntil: number | null
  readonly isWithdrawn: boolean
}

/** Whom we believe, and their keys. */
export interface TrustStore {
  readonly issuers: readonly TrustedIssuer[]
  readonly anchors: readonly TrustAnchor[]
  /** The key a `kid` names; a `kid` that is no URL is looked up among the keys of `issuerId`. */
  findKey(kid: string, issuerId: string | null): TrustedKey | null
  findIssuer(identifier: string): TrustedIssuer | null
  /** The key a seal's certificate belongs to, when it is one of a trusted issuer's own. */
  findCertificate(certificate: string): TrustedKey | null
}

export interface TrustAnchor {
  readonly certificate: X509Certificate
  readonly issuer: TrustedIssuer
}

/** Indexes issuers once, so that a lookup is one map access. */
export function createTrustStore(issuers: readonly TrustedIssuer[]): TrustStore {
  const byIdentifier = new Map<string, TrustedIssuer>()
  const byKid = new Map<string, TrustedKey>()
  const byCertificate = new Map<string, TrustedKey>()
  const anchors: TrustAnchor[] = []
  for (const issuer of issuers) {
    for (const identifier of issuer.identifiers) byIdentifier.set(identifier, issuer)
    for (const text of issuer.anchors) {
      anchors.push({ certificate: new X509Certificate(Buffer.from(text, 'base64')), issuer })
    }
    for (const entry of issuer.keys) {
      const key: TrustedKey = {
        issuer,
        key: createPublicKey({ key: entry.publicJwk as JWK, format: 'jwk' } as never),
        algorithm: entry.algorithm,
        signsFrom: Date.parse(entry.signsFrom),
        signsUntil: entry.signsUntil === null ? null : Date.parse(entry.signsUntil),
        isWithdrawn: entry.withdrawnAt !== null,
      }
      for (const identifier of issuer.identifiers) {
        byKid.set(`${identifier}#${entry.keyId}`, key)
        byKid.set(`${identifier}/keys/${entry.keyId}`, key)
      }
      for (const certificate of entry.certificateChain.slice(0, 1))
        byCertificate.set(certificate, key)
    }
  }
  return {
    issuers,
    anchors,
    findKey: (kid, issuerId) =>
      byKid.get(kid) ?? (issuerId === null ? null : (byKid.get(joinKid(issuerId, kid)) ?? null)),
    findIssuer: (identifier) => byIdentifier.get(identifier) ?? null,
    findCertificate: (certificate) => byCertificate.get(certificate) ?? null,
  }
}

/** A relative `kid` (`key-1` or `#key-1`) is one of the issuer's. */
function joinKid(issuerId: string, kid: string): string {
  return `${issuerId}#${kid.startsWith('#') ? kid.slice(1) : kid}`
}
