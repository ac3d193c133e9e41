import { hash, type KeyObject, timingSafeEqual } from 'node:crypto'
import { computeMac } from './compute-mac.js'

/** What of a request is signed: everything that can change the answer, and who asks. */
export interface SignedParts {
  readonly method: string
  /** Path and query as on the request line. */
  readonly target: string
  /** The `content-digest` header; of an empty body, too. */
  readonly contentDigest: string
  /** The `hub-principal` header: who asks, as the gateway found out. This room does not look inside. */
  readonly principal: string
}

/** The label of our signature among any others of the same message, and the application it is for. */
export const signatureLabel = 'hub'
export const signatureTag = 'alliance-hub'

/** The components every signature covers, in this order; a signature over anything else is refused. */
export const coveredComponents =
  '("@method" "@path" "@query" "content-digest" "hub-principal")' as const

/** The `content-digest` of a body. @see RFC 9530 */
export function toContentDigest(body: string | Buffer): string {
  return `sha-256=:${hash('sha256', body, 'base64')}:`
}

/**
 * The text that is signed.
 *
 * @param parameters - The signature's parameters, from `(` on, exactly as in `signature-input`.
 * @see RFC 9421, section 2.5
 */
export function buildSignatureBase(parts: SignedParts, parameters: string): string {
  const mark = parts.target.indexOf('?')
  const path = mark < 0 ? parts.target : parts.target.slice(0, mark)
  // An absent query is signed as '?' alone (section 2.2.7).
  const query = mark < 0 ? '?' : parts.target.slice(mark)
  return (
    `"@method": ${parts.method}\n"@path": ${path}\n"@query": ${query}\n` +
    `"content-digest": ${parts.contentDigest}\n"hub-principal": ${parts.principal}\n` +
    `"@signature-params": ${parameters}`
  )
}

/** Whether `signature` is that of the base; takes the same time wherever they differ. */
export function isSignatureOf(base: string, secret: KeyObject, signature: string): boolean {
  const expected = Buffer.from(computeMac(base, secret))
  const given = Buffer.from(signature)
  return expected.length === given.length && timingSafeEqual(expected, given)
}
