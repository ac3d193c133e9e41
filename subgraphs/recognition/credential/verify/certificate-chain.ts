import type { X509Certificate } from 'node:crypto'
import { decodeCertificate, publicKeyOf } from './decode-certificate.js'
import type { TrustAnchor } from './trust-store.js'

/** Where a certificate leads to. */
export interface ChainResult {
  readonly leaf: X509Certificate
  /** The anchor it leads to; null when it leads to none of ours. */
  readonly anchor: TrustAnchor | null
  /** The certificates from the leaf to the anchor, as far as the way is known. */
  readonly path: readonly X509Certificate[]
}

const maxLength = 6

/**
 * Follows a chain from the first certificate of `x5c` to one of the anchors, each signature checked. Null when `x5c` is
 * no list of certificates. Whether they are valid in time is another question: see {@link isValidAt}.
 */
export function followChain(x5c: unknown, anchors: readonly TrustAnchor[]): ChainResult | null {
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > maxLength) return null
  const certificates: X509Certificate[] = []
  for (const entry of x5c) {
    const certificate = decodeCertificate(entry)
    if (certificate === null) return null
    certificates.push(certificate)
  }
  const [leaf, ...others] = certificates
  if (leaf === undefined) return null
  const path = [leaf]
  for (let current = leaf; path.length <= maxLength; ) {
    const anchor = anchors.find(({ certificate }) => isIssuedBy(current, certificate))
    if (anchor !== undefined) return { leaf, anchor, path: [...path, anchor.certificate] }
    const next = others.find(
      (candidate) => candidate.ca && !path.includes(candidate) && isIssuedBy(current, candidate),
    )
    if (next === undefined) break
    path.push(next)
    current = next
  }
  return { leaf, anchor: null, path }
}

/** Whether every certificate of the way is within its period at `at`. */
export function isValidAt(path: readonly X509Certificate[], at: number): boolean {
  return path.every(
    ({ validFrom, validTo }) => Date.parse(validFrom) <= at && at <= Date.parse(validTo),
  )
}

// Who signed a certificate never changes; whether it is valid in time is asked anew each time.
const links = new WeakMap<X509Certificate, WeakMap<X509Certificate, boolean>>()

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  const ofCertificate = links.get(certificate) ?? new WeakMap<X509Certificate, boolean>()
  const known = ofCertificate.get(issuer)
  if (known !== undefined) return known
  const result = hasSigned(issuer, certificate)
  ofCertificate.set(issuer, result)
  links.set(certificate, ofCertificate)
  return result
}

function hasSigned(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(publicKeyOf(issuer))
  } catch {
    // A key of a kind the crypto library does not know has signed nothing we could check.
    return false
  }
}
