import type { IncomingHttpHeaders } from 'node:http'
import type { DocumentRoute } from '../../schema/index.js'

/** What a document may depend on. Cookies, addresses and everything unknown stay at the door. */
const towardsSubgraph = [
  'accept',
  'accept-language',
  'content-type',
  'content-length',
  'if-none-match',
  'if-modified-since',
  'traceparent',
  'tracestate',
] as const

const towardsClient: ReadonlySet<string> = new Set([
  'cache-control',
  'content-disposition',
  'content-language',
  'content-length',
  'content-security-policy',
  'content-type',
  'etag',
  'expires',
  'last-modified',
  'link',
  'location',
  'referrer-policy',
  'retry-after',
  'vary',
  'www-authenticate',
  'x-content-type-options',
  'x-robots-tag',
])

/** The headers of a client's request that its subgraph sees. */
export function toDocumentRequestHeaders(
  headers: IncomingHttpHeaders,
  { authorization }: Pick<DocumentRoute, 'authorization'>,
): Record<string, string> {
  const kept: Record<string, string> = {}
  const names =
    authorization === 'subgraph' ? [...towardsSubgraph, 'authorization'] : towardsSubgraph
  for (const name of names) {
    const value = headers[name]
    if (typeof value === 'string') kept[name] = value
  }
  return kept
}

/** The headers of a subgraph's answer that a client sees. */
export function toDocumentAnswerHeaders<Value>(
  headers: Readonly<Record<string, Value>>,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => towardsClient.has(name)))
}
