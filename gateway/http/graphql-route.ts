import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toGraphQLStatus } from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'
import type { Authenticator } from '../auth/authenticator.js'
import type { EngineResult } from '../engine/engine.js'
import type { RequestLimits } from '../limits/request-limits.js'
import type { Admission } from './admission.js'
import { createKnownAnswerer } from './answer-known.js'
import { guardDocument } from './guard-document.js'
import { guardPersistedQuery } from './guard-persisted-query.js'
import { guardRequest, type RequestGuards } from './guard-request.js'
import type { HttpContext } from './http-context.js'
import { sendHubError } from './http-error.js'
import { explainHeader } from './kept-answer.js'
import type { KnownOperations } from './known-operations.js'
import { refuseWithoutPreflight } from './prevent-csrf.js'
import type { OpenRequest, RequestsInFlight } from './requests-in-flight.js'
import { createLimitSettlement } from './settle-limits.js'
import type { SharedAnswers } from './shared-answers.js'

export interface GraphQLRouteOptions {
  readonly path: string
  readonly apollo: ApolloServer<HttpContext>
  readonly known: KnownOperations
  readonly admission: Admission
  readonly inFlight: RequestsInFlight
  /** Absent: everybody is anonymous. */
  readonly authenticate?: Authenticator
  readonly limits: RequestLimits
  readonly guards: RequestGuards
  /** Whether equal queries of anonymous callers under way at the same time share one execution. */
  readonly isSharing: boolean
  /** Whole answers that are kept. */
  readonly shared: SharedAnswers
  /** Whether a client that asks how its answer was made may know. */
  readonly mayExplain: (hub: OpenRequest) => boolean
}

/** Points for an answer that was kept whole. */
export const keptPoints = 1

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as sent; empty for requests without a JSON body. */
    bodyText: string
  }
}

/**
 * Serves GraphQL over HTTP. Operations whose text is known are answered straight from the engine; all others, and all
 * answers with errors, go through Apollo Server, which alone decides what is valid and how failure looks.
 */
export function addGraphQLRoute(app: FastifyInstance, options: GraphQLRouteOptions): void {
  const { apollo, admission, inFlight, limits, guards, authenticate, shared } = options
  const answerKnown = createKnownAnswerer({ known: options.known, isSharing: options.isSharing })
  const settlement = createLimitSettlement(limits)

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    hub: OpenRequest,
  ): Promise<void> {
    if (hub.deadlineAt <= performance.now()) throw new HubError('DEADLINE_EXCEEDED')
    hub.edition = shared.edition()
    guardRequest(request.body, request.query, guards)
    const { authorization } = request.headers
    if (authenticate !== undefined && authorization !== undefined) {
      hub.identify(await authenticate(authorization))
    }
    limits.refuseSpent(hub)
    if (request.headers[explainHeader] !== undefined) hub.isExplained = options.mayExplain(hub)
    if (await shared.load(request, reply)) {
      limits.note(hub, keptPoints)
      return
    }
    const known = await answerKnown(request, hub)
    if (known?.kind === 'complete') {
      // What was executed has been charged by its cost.
      if (known.isJoined) await limits.charge(hub, joinedPoints)
      reply.header('content-type', known.contentType)
      reply.header('x-content-type-options', 'nosniff')
      settlement.addHeaders(reply, hub)
      shared.send(request, reply, hub, known)
      return
    }
    if (known === undefined) {
      guardDocument(request.body, request.query)
      guardPersistedQuery(request.body, request.query)
    }
    await answerThroughApollo(request, reply, hub, known?.result)
  }

  async function answerThroughApollo(
    request: FastifyRequest,
    reply: FastifyReply,
    hub: OpenRequest,
    result: EngineResult | undefined,
  ): Promise<void> {
    const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: toHttpGraphQLRequest(request),
      context: async () => (result === undefined ? { hub } : { hub, result }),
    })
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
    for (const [name, value] of headers) reply.header(name, value)
    // Chunked bodies only come from @defer and subscriptions, which the engine refuses.
    if (body.kind !== 'complete') throw new HubError('INTERNAL_SERVER_ERROR')
    const { string: text } = body
    await settlement.chargeUncounted(hub)
    settlement.addHeaders(reply, hub)
    const contentType = headers.get('content-type') ?? ''
    const code = toGraphQLStatus(status ?? 200, contentType, text)
    if (code === 200) shared.send(request, reply, hub, { contentType, body: text })
    else reply.code(code).send(text)
  }

  /** Where nothing is shared, starting equal requests together only keeps the data of all in memory at once. */
  function toGroup(request: FastifyRequest): string | undefined {
    return options.isSharing ? request.bodyText || request.url : undefined
  }

  app.route({
    method: ['GET', 'POST', 'HEAD', 'PUT', 'PATCH', 'DELETE'],
    url: options.path,
    // Not async: the answer comes in a later turn, through `reply`.
    handler: (request, reply) => {
      // Other methods are refused for what they are.
      if (request.method === 'POST' || request.method === 'GET') {
        refuseWithoutPreflight(request.raw.headers)
      }
      // Kept answers are for everybody, so who asks is the address. Whoever has nothing left goes the long way, to be told.
      const payer = { clientAddress: request.ip }
      if (!limits.isSpent(payer) && shared.find(request, reply)) {
        limits.note(payer, keptPoints)
        return
      }
      const hub = inFlight.open(request.raw, reply.raw, request.ip)
      const isWaiting = admission.admit(toGroup(request), () => {
        if (hub.isAborted) return
        answer(request, reply, hub).catch((error: unknown) => settlement.fail(error, reply, hub))
      })
      if (!isWaiting) sendHubError(new HubError('OVERLOADED'), reply.header('retry-after', '1'))
    },
  })
}

/** Points for an answer that another request's execution gave. */
const joinedPoints = 1

function toHttpGraphQLRequest(request: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return {
    method: request.method.toUpperCase(),
    headers,
    search: toSearch(request.url),
    body: request.body,
  }
}

/** GraphQL over HTTP, "GET": an empty `operationName` is none; Apollo Server takes it for a name. */
function toSearch(url: string): string {
  const mark = url.indexOf('?')
  return mark < 0 ? '' : url.slice(mark).replace(/(?<=[?&])operationName=(?=&|$)/g, '')
}
