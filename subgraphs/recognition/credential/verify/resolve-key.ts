import type { KeyObject, X509Certificate } from 'node:crypto'
import type { CredentialFacts } from './credential-facts.js'
import { decodeCertificate, publicKeyOf } from './decode-certificate.js'
import type { ParsedCredential } from './parsed-credential.js'
import { toPublicKey } from './public-key.js'
import type { RemoteKeys } from './remote-keys.js'
import { isJsonObject, type JsonObject, parseJsonObject, textOf } from './strict-decoding.js'
import type { TrustedKey, TrustStore } from './trust-store.js'

/** The key to verify a seal with, or why there is none. */
export type ResolvedKey =
  | { readonly key: KeyObject; readonly trusted: TrustedKey | null }
  | {
      readonly key: null
      readonly trusted: null
      /** Whether that there is none is a fault of the document, or only a gap of ours. */
      readonly isFault: boolean
      readonly code: string
      readonly message: string
    }

/**
 * Finds the key of a seal: among the trusted ones, in its certificate, in its own header, or at a trusted issuer's. Only
 * the last has to be waited for.
 */
export function resolveKey(
  { seal }: ParsedCredential,
  facts: CredentialFacts,
  deps: { readonly trust: TrustStore; readonly remoteKeys: RemoteKeys | null },
): ResolvedKey | Promise<ResolvedKey> {
  if (seal === null) return unresolved('SEAL_ABSENT', 'Nothing seals this document.')
  const { header } = seal
  const { kid, x5c } = header
  const [issuerId = null] = facts.issuerIds
  if (Array.isArray(x5c)) {
    const known = typeof x5c[0] === 'string' ? deps.trust.findCertificate(x5c[0]) : null
    if (known !== null) return { key: known.key, trusted: known }
    const certificate = decodeCertificate(x5c[0])
    if (certificate === null) {
      return fault('CERTIFICATE_INVALID', 'Its certificate cannot be read.')
    }
    return readCertificateKey(certificate)
  }
  if (typeof kid === 'string') {
    const known = deps.trust.findKey(kid, issuerId)
    if (known !== null) return { key: known.key, trusted: known }
    if (deps.remoteKeys !== null) {
      return deps.remoteKeys
        .find(kid, issuerId)
        .then((remote) =>
          remote === null
            ? resolveUnlisted(header, issuerId, deps.trust)
            : { key: remote.key, trusted: remote },
        )
    }
  }
  return resolveUnlisted(header, issuerId, deps.trust)
}

/** The key of a seal that none of the trusted ones made. */
function resolveUnlisted(
  header: JsonObject,
  issuerId: string | null,
  trust: TrustStore,
): ResolvedKey {
  const isNamed = typeof header.kid === 'string'
  if (isNamed && issuerId !== null && trust.findIssuer(issuerId)?.isComplete) {
    return fault('KEY_NOT_OF_ISSUER', 'The key it names is none of the issuer’s.')
  }
  const embedded = readEmbeddedKey(header, issuerId)
  if (embedded !== null) return { key: embedded, trusted: null }
  return unresolved('KEY_UNKNOWN', 'The key it names is none of an issuer trusted here.')
}

function readCertificateKey(certificate: X509Certificate): ResolvedKey {
  try {
    return { key: publicKeyOf(certificate), trusted: null }
  } catch {
    return fault('KEY_UNFIT', 'The key in its certificate is of a kind unknown here.')
  }
}

/** A key that the document brings along proves that it is intact, and nothing about whose it is. */
function readEmbeddedKey(header: JsonObject, issuerId: string | null): KeyObject | null {
  const jwk = isJsonObject(header.jwk) ? header.jwk : readDidJwk(textOf(header.kid) ?? issuerId)
  return jwk === null ? null : toPublicKey(jwk)
}

/** The key that a `did:jwk` is. */
function readDidJwk(did: string | null): JsonObject | null {
  const match = did === null ? null : /^did:jwk:([A-Za-z0-9_-]{1,4096})/.exec(did)
  if (match?.[1] === undefined) return null
  return parseJsonObject(Buffer.from(match[1], 'base64url').toString('utf8'))
}

function fault(code: string, message: string): ResolvedKey {
  return { key: null, trusted: null, isFault: true, code, message }
}

function unresolved(code: string, message: string): ResolvedKey {
  return { key: null, trusted: null, isFault: false, code, message }
}
