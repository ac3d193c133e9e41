import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { HubError } from '../../schema/index.js'
import { printCacheControl } from '../cache/domain/cache-control.js'
import type { CatalogueEndpoint } from '../fanout/catalogue-endpoint.js'
import type { Admission } from './admission.js'
import { sendHttpError, sendHubError } from './http-error.js'
import type { RequestsInFlight } from './requests-in-flight.js'

export interface CatalogueRouteOptions {
  readonly endpoint: CatalogueEndpoint
  readonly admission: Admission
  readonly inFlight: RequestsInFlight
}

const bodySchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

/** Serves the fan-out as an ordinary federated subgraph, so that any router can stand in front of it. */
export function addCatalogueRoute(app: FastifyInstance, options: CatalogueRouteOptions): void {
  const { endpoint, admission, inFlight } = options
  app.post('/subgraphs/catalogue', (request, reply) => {
    const body = bodySchema.safeParse(request.body)
    if (!body.success) {
      const message = 'the body must be a JSON object with a query'
      sendHubError(new HubError('BAD_USER_INPUT', { message }), reply)
      return
    }
    const { query, operationName, variables } = body.data
    const asked = { query, operationName: operationName ?? undefined, variables: variables ?? {} }
    const context = inFlight.open(request.raw, reply.raw)
    const isWaiting = admission.admit(request.bodyText, () => {
      if (context.isAborted) return
      endpoint(asked, context).then(
        (answer) => {
          if (answer.errors !== undefined) context.noteErrors()
          const sharing = context.sharing
          const maxAgeSeconds =
            sharing === undefined ? 0 : (sharing.freshUntil - Date.now()) / 1_000
          reply.header('cache-control', printCacheControl({ maxAgeSeconds, isPrivate: false }))
          reply.send(answer)
        },
        (error: unknown) => sendHttpError(error, reply),
      )
    })
    if (!isWaiting) sendHubError(new HubError('OVERLOADED'), reply.header('retry-after', '1'))
  })
}
