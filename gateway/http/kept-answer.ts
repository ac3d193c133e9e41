import type { IncomingMessage } from 'node:http'
import type { KeptResponse } from '../cache/response-cache.js'
import { bodyTypes, contentTypes } from './media-types.js'

/** What an answer depends on besides method, address and body: for caches between us and the client. */
const vary = 'Accept, Authorization, Origin'

/** Header by which a caller asks how the answer was made; such answers are nobody else's. */
export const explainHeader = 'hub-cache'

/**
 * Names a request among those whose answers everybody may get; undefined for all others. Whoever shows who they are gets
 * an answer of their own. Accept is in by what it leads to, so that many ways to say the same meet.
 *
 * @param body - The body as sent; '' for a GET.
 */
export function toResponseKey(request: IncomingMessage, body: string): string | undefined {
  const { headers, method, url = '' } = request
  if (headers.authorization !== undefined || headers[explainHeader] !== undefined) return undefined
  const contentType = contentTypes.get(headers.accept)
  if (contentType === undefined) return undefined
  if (method === 'GET') return body === '' ? `GET ${url} ${contentType}` : undefined
  if (method !== 'POST' || !bodyTypes.has(headers['content-type'])) return undefined
  return `${contentType} ${body}`
}

/** Status, headers in the flat form `writeHead` takes, and whether there is a body. */
export interface KeptHead {
  readonly status: 200 | 304
  readonly headers: readonly string[]
}

/** The head of a kept answer for one request: 304 when the client has these very bytes. */
export function toKeptHead(request: IncomingMessage, kept: KeptResponse, now: number): KeptHead {
  const { etag, cacheControl, contentType, body, storedAt } = kept
  const age = String(Math.max(0, Math.floor((now - storedAt) / 1_000)))
  const shared = ['cache-control', cacheControl, 'etag', etag, 'vary', vary, 'age', age]
  const ifNoneMatch = request.headers['if-none-match']
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, etag)) {
    return { status: 304, headers: shared }
  }
  const own = ['content-type', contentType, 'content-length', String(body.length)]
  return { status: 200, headers: [...own, ...shared, 'x-content-type-options', 'nosniff'] }
}

/** @see RFC 9110, section 13.1.2: weak comparison. */
function matches(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch === '*') return true
  return ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
}
