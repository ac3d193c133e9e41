import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { HubError } from '../../schema/index.js'
import type { Authenticator } from '../auth/authenticator.js'
import { printCacheControl } from '../cache/domain/cache-control.js'
import type { CatalogueEndpoint, CatalogueRequestBody } from '../fanout/catalogue-endpoint.js'
import type { RequestLimits } from '../limits/request-limits.js'
import type { Admission } from './admission.js'
import { guardRequest, type RequestGuards } from './guard-request.js'
import { sendHubError } from './http-error.js'
import type { OpenRequest, RequestsInFlight } from './requests-in-flight.js'
import { createLimitSettlement } from './settle-limits.js'

export interface CatalogueRouteOptions {
  readonly endpoint: CatalogueEndpoint
  readonly admission: Admission
  readonly inFlight: RequestsInFlight
  readonly limits: RequestLimits
  readonly guards: RequestGuards
  /** Absent: everybody is anonymous. */
  readonly authenticate?: Authenticator
}

const bodySchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

/**
 * Serves the fan-out as an ordinary federated subgraph, so that any router can stand in front of it. It is held to the same
 * limits as `/graphql`; a router that shows a token of its own has the budget of whoever the token names.
 */
export function addCatalogueRoute(app: FastifyInstance, options: CatalogueRouteOptions): void {
  const { endpoint, admission, inFlight, limits, guards, authenticate } = options
  const settlement = createLimitSettlement(limits)

  async function answer(
    asked: CatalogueRequestBody,
    authorization: string | undefined,
    hub: OpenRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (authenticate !== undefined && authorization !== undefined) {
      hub.identify(await authenticate(authorization))
    }
    limits.refuseSpent(hub)
    guardRequest(asked, undefined, guards)
    const response = await endpoint(asked, hub)
    await settlement.chargeUncounted(hub)
    if (response.errors !== undefined) hub.noteErrors()
    const { sharing } = hub
    const maxAgeSeconds = sharing === undefined ? 0 : (sharing.freshUntil - Date.now()) / 1_000
    settlement.addHeaders(reply, hub)
    reply.header('cache-control', printCacheControl({ maxAgeSeconds, isPrivate: false }))
    reply.send(response)
  }

  app.post('/subgraphs/catalogue', (request, reply) => {
    const body = bodySchema.safeParse(request.body)
    if (!body.success) {
      const message = 'the body must be a JSON object with a query'
      sendHubError(new HubError('BAD_USER_INPUT', { message }), reply)
      return
    }
    const { query, operationName, variables } = body.data
    const asked = { query, operationName: operationName ?? undefined, variables: variables ?? {} }
    const hub = inFlight.open(request.raw, reply.raw, request.ip)
    const isWaiting = admission.admit(request.bodyText, () => {
      if (hub.isAborted) return
      const { authorization } = request.headers
      answer(asked, authorization, hub, reply).catch((error: unknown) =>
        settlement.fail(error, reply, hub),
      )
    })
    if (!isWaiting) sendHubError(new HubError('OVERLOADED'), reply.header('retry-after', '1'))
  })
}
