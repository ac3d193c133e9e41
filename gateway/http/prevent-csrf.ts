import type { IncomingHttpHeaders } from 'node:http'
import { HubError } from '../../schema/index.js'

/** Any of these, not empty, shows that a browser has asked for permission first, or that there is no browser. */
const preflightHeaders = ['apollo-require-preflight', 'x-apollo-operation-name'] as const

/**
 * Refuses what a foreign page could make a browser send without a preflight: its answer would not reach the page, but its time
 * would, and so would the effects of a mutation. JSON bodies and custom headers need a preflight, which the allow-list of
 * origins answers. Stricter than Apollo's rule in one thing: no content type but JSON counts, because browsers had bugs with
 * unusual ones.
 *
 * @throws HubError `PREFLIGHT_REQUIRED`.
 */
export function refuseWithoutPreflight(headers: IncomingHttpHeaders): void {
  if (isJson(headers['content-type'])) return
  if (hasPreflightHeader(headers)) return
  const message = `a request without a JSON body needs one of the headers ${preflightHeaders.join(', ')}, with any value`
  throw new HubError('PREFLIGHT_REQUIRED', { message })
}

/** Whether a browser would have asked for permission before it sent these headers. */
export function hasPreflightHeader(headers: IncomingHttpHeaders): boolean {
  return preflightHeaders.some((name) => Boolean(headers[name]))
}

function isJson(contentType: string | undefined): boolean {
  if (contentType === undefined) return false
  if (contentType === 'application/json') return true
  return /^application\/json\s*(;|$)/i.test(contentType.trim())
}
