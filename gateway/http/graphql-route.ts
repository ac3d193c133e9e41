import type { ApolloServer, HTTPGraphQLRequest } from '@apollo/server'
import { HeaderMap } from '@apollo/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { EngineContext } from '../engine/engine-gateway.js'
import type { RequestContext } from '../engine/request-context.js'

export interface GraphQLRouteOptions {
  readonly path: string
  readonly apollo: ApolloServer<EngineContext>
  readonly openContext: (request: FastifyRequest, reply: FastifyReply) => RequestContext
}

/** Serves GraphQL over HTTP: Apollo Server decides about methods, media types and status codes. */
export function addGraphQLRoute(app: FastifyInstance, options: GraphQLRouteOptions): void {
  app.route({
    method: ['GET', 'POST', 'HEAD', 'PUT', 'PATCH', 'DELETE'],
    url: options.path,
    handler: async (request, reply) => {
      const answer = await options.apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: toHttpGraphQLRequest(request),
        context: async () => ({ hub: options.openContext(request, reply) }),
      })
      for (const [name, value] of answer.headers) reply.header(name, value)
      reply.code(answer.status ?? 200)
      // Chunked bodies only come from @defer and subscriptions, which the engine refuses.
      if (answer.body.kind === 'complete') return reply.send(answer.body.string)
      return reply.code(500).send()
    },
  })
}

function toHttpGraphQLRequest(request: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const mark = request.url.indexOf('?')
  return {
    method: request.method.toUpperCase(),
    headers,
    search: mark < 0 ? '' : request.url.slice(mark),
    body: request.body,
  }
}
