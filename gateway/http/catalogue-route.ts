import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { RequestContext } from '../engine/request-context.js'
import type { CatalogueEndpoint } from '../fanout/catalogue-endpoint.js'

export interface CatalogueRouteOptions {
  readonly endpoint: CatalogueEndpoint
  readonly openContext: (request: FastifyRequest, reply: FastifyReply) => RequestContext
}

const bodySchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

/** Serves the fan-out as an ordinary federated subgraph, so that any router can stand in front of it. */
export function addCatalogueRoute(app: FastifyInstance, options: CatalogueRouteOptions): void {
  app.post('/subgraphs/catalogue', async (request, reply) => {
    const body = bodySchema.safeParse(request.body)
    if (!body.success) {
      return reply.code(400).send({
        errors: [
          {
            message: 'the body must be a JSON object with a query',
            extensions: { code: 'BAD_USER_INPUT' },
          },
        ],
      })
    }
    const { query, operationName, variables } = body.data
    return options.endpoint(
      { query, operationName: operationName ?? undefined, variables: variables ?? {} },
      options.openContext(request, reply),
    )
  })
}
