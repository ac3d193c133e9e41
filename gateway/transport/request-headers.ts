import type { RequestContext } from '../engine/request-context.js'
import { continueTrace } from './trace-context.js'

/** Headers this client or HTTP itself decides; a propagated one of these names is dropped. */
const ownHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Names of the trace context's headers. Every call gets its own, and by specification no answer depends on them. */
const traceHeaders: ReadonlySet<string> = new Set(['traceparent', 'tracestate'])

/** The headers of one call: HTTP's own, the trace's, and the request's as the door's allow-list let them through. */
export function buildRequestHeaders(
  context: RequestContext,
  acceptEncoding: string,
  random: () => number,
): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json;q=0.9',
    'accept-encoding': acceptEncoding,
    ...continueTrace(context, random),
  }
  for (const name in context.headers) {
    const value = context.headers[name]
    if (value === undefined || ownHeaders.has(name) || traceHeaders.has(name)) continue
    headers[name] = value
  }
  return headers
}

/**
 * Everything in a request's headers that can change an answer, as one text: two requests with the same text and the
 * same body get the same answer. Only trace headers are left out; who asks is in, whatever header carries it.
 */
export function printHeaderKey({ headers }: Pick<RequestContext, 'headers'>): string {
  const telling: string[] = []
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined && !traceHeaders.has(name)) telling.push(name, value)
  }
  // JSON, not a join: no value can be made to look like the next header's name.
  return telling.length === 0 ? '' : JSON.stringify(telling)
}
