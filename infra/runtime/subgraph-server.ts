import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server'
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql'
import { toGraphQLStatus } from './graphql-status.js'
import type { Callers } from './signed-requests/callers.js'
import { decorateRequests, requireSignatures } from './signed-requests/require-signature.js'
import { createRequestVerifier } from './signed-requests/verify-requests.js'

export interface SubgraphServerOptions<Context extends BaseContext> {
  readonly schema: GraphQLSchema
  readonly host: string
  /** 0 picks a free port. */
  readonly port: number
  readonly callers: Callers
  /** Called once per request, with the request as it came; `request.signedPrincipal` says who asks. */
  readonly createContext: (request: FastifyRequest) => Promise<Context>
  /** Adds routes beside GraphQL: documents, pages and protocols that are no GraphQL. */
  readonly addRoutes?: (app: FastifyInstance) => void
  /** Whether the process can serve: its database answers. Asked by `/readyz`. */
  readonly isReady: () => Promise<boolean>
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError
  readonly plugins?: readonly ApolloServerPlugin<Context>[]
}

export interface RunningServer {
  readonly port: number
  /** URL of the GraphQL endpoint. */
  readonly url: string
  /** Answers what is under way, then closes. Safe to call twice. */
  stop(): Promise<void>
}

/** Largest request a subgraph reads; an entity batch of a full page is about 20 KB. */
const bodyLimitBytes = 1_048_576

/** Longest time for a request to arrive in full. */
const receiveTimeoutMs = 30_000

/** Serves one subgraph: `POST /graphql`, `/livez` and `/readyz`. */
export async function startSubgraphServer<Context extends BaseContext>(
  options: SubgraphServerOptions<Context>,
): Promise<RunningServer> {
  const app = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: receiveTimeoutMs,
    // The timeouts are only looked at this often; Node's default is 30 s.
    http: { connectionsCheckingInterval: 5_000 },
    forceCloseConnections: true,
  })
  decorateRequests(app)
  if (options.callers.kind === 'gateway') {
    const verify = createRequestVerifier({ keys: options.callers.keys })
    requireSignatures(app, verify, bodyLimitBytes)
  }
  const apollo = new ApolloServer<Context>({
    schema: options.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: options.formatError,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // Else it is on for every subgraph and says so on the console.
      ApolloServerPluginInlineTraceDisabled(),
      fastifyApolloDrainPlugin(app),
      ...(options.plugins ?? []),
    ],
  })
  await apollo.start()
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.routeOptions.url === '/graphql') {
      reply.code(toGraphQLStatus(reply.statusCode, reply.getHeader('content-type'), payload))
    }
    done(null, payload)
  })
  await app.register(fastifyApollo(apollo), { path: '/graphql', context: options.createContext })
  options.addRoutes?.(app)
  app.get('/livez', async () => ({ status: 'alive' }))
  app.get('/readyz', async (_request, reply) => {
    const ready = await options.isReady()
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'unready' })
  })
  await app.listen({ host: options.host, port: options.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    port,
    url: `http://${options.host}:${port}/graphql`,
    stop: async () => {
      await apollo.stop()
      await app.close()
    },
  }
}
