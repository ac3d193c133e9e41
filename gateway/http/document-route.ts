import replyFrom from '@fastify/reply-from'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type DocumentRoute, HubError } from '../../schema/index.js'
import type { RequestLimits } from '../limits/request-limits.js'
import { toDocumentAnswerHeaders, toDocumentRequestHeaders } from './document-headers.js'
import { sendHubError } from './http-error.js'
import type { OpenRequest, RequestsInFlight } from './requests-in-flight.js'
import { createLimitSettlement, type LimitSettlement } from './settle-limits.js'

/** A route with the server that answers it. */
export interface PlacedDocumentRoute extends DocumentRoute {
  /** Scheme, host and port of the subgraph. */
  readonly origin: string
}

/** A request on its way to a subgraph, as far as proof of where it comes from depends on it. */
export interface DocumentRequest {
  readonly hub: OpenRequest
  readonly route: PlacedDocumentRoute
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly body: Buffer | undefined
  /** As the client sent it. */
  readonly authorization: string | undefined
}

export interface DocumentRouteOptions {
  readonly routes: readonly PlacedDocumentRoute[]
  readonly inFlight: RequestsInFlight
  readonly limits: RequestLimits
  /** For an answer's beginning, and again for every pause within it. */
  readonly timeoutMs: number
  /** Headers that tell the subgraph who asks and that it was the gateway who says so. */
  readonly proveOrigin: (request: DocumentRequest) => Promise<Readonly<Record<string, string>>>
}

/** Points of one forwarded request: nobody here knows what it costs the subgraph, checking a certificate not little. */
const documentPoints = 10

/**
 * Forwards documents, pages and protocols of subgraphs: what is no GraphQL, under the hub's own address.
 *
 * Answers 404 below a prefix where a path would leave it, 502 `SUBGRAPH_UNREACHABLE` and 504 `SUBGRAPH_TIMEOUT`.
 */
export async function addDocumentRoutes(
  app: FastifyInstance,
  options: DocumentRouteOptions,
): Promise<void> {
  if (options.routes.length === 0) return
  const settlement = createLimitSettlement(options.limits)
  // An encapsulated child: its bodies are bytes, because what is signed must be what is sent.
  await app.register(async (child) => {
    child.removeAllContentTypeParsers()
    child.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body)
    })
    await child.register(replyFrom, {
      undici: { headersTimeout: options.timeoutMs, bodyTimeout: options.timeoutMs },
      disableRequestLogging: true,
    })
    for (const route of options.routes) {
      for (const url of [route.prefix, `${route.prefix}/*`]) {
        child.route({
          method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
          url,
          handler: (request, reply) => forward(request, reply, route, { ...options, settlement }),
        })
      }
    }
  })
}

async function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  route: PlacedDocumentRoute,
  options: DocumentRouteOptions & { readonly settlement: LimitSettlement },
): Promise<FastifyReply> {
  const { pathname, search } = new URL(request.url, route.origin)
  // The URL has resolved `..`, in every spelling: what is no longer below the prefix was never meant to be.
  if (pathname !== route.prefix && !pathname.startsWith(`${route.prefix}/`)) {
    reply.callNotFound()
    return reply
  }
  const { limits, settlement } = options
  const hub = options.inFlight.open(request.raw, reply.raw, request.ip)
  const body = Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body : undefined
  const target = `${pathname}${search}`
  let proof: Readonly<Record<string, string>>
  try {
    proof = await options.proveOrigin({
      ...{ hub, route, target, body, method: request.method },
      authorization: request.headers.authorization,
    })
    limits.refuseSpent(hub)
    await limits.charge(hub, documentPoints)
  } catch (error) {
    await settlement.fail(error, reply, hub)
    return reply
  }
  settlement.addHeaders(reply, hub)
  return reply.from(pathname, {
    getUpstream: () => route.origin,
    // Given as they came: left to itself, the library would print JSON anew.
    ...(body && {
      body,
      contentType: request.headers['content-type'] ?? 'application/octet-stream',
    }),
    queryString: () => search.slice(1),
    rewriteRequestHeaders: (_request, headers) => ({
      ...toDocumentRequestHeaders(request.headers, route),
      host: String(headers.host),
      ...proof,
    }),
    rewriteHeaders: toDocumentAnswerHeaders,
    // A retried page is cheaper for the client to ask for than for the subgraph to guess.
    retryDelay: () => null,
    onError: (_reply, { error }) => void sendHubError(toHubError(error, route), reply),
  })
}

function toHubError(error: Error, { subgraph }: PlacedDocumentRoute): HubError {
  const isTimeout = 'statusCode' in error && error.statusCode === 504
  const code = isTimeout ? 'SUBGRAPH_TIMEOUT' : 'SUBGRAPH_UNREACHABLE'
  return new HubError(code, { subgraph, cause: error })
}
