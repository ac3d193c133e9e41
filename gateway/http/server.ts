import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import fastify, { type FastifyInstance } from 'fastify'
import { formatGraphQLError, HubError } from '../../schema/index.js'
import type { GatewayConfig } from '../config.js'
import { addExplorerRoutes, type ExplorerOptions } from '../console/explorer-routes.js'
import type { EngineContext, EngineGateway } from '../engine/engine-gateway.js'
import type { CatalogueEndpoint } from '../fanout/catalogue-endpoint.js'
import type { MemberStatus } from '../registry/member-directory.js'
import { addCatalogueRoute } from './catalogue-route.js'
import { addGraphQLRoute } from './graphql-route.js'
import { addHealthRoutes } from './health-routes.js'
import { createOutcomeExtension } from './outcome-extension.js'
import { createRequestsInFlight } from './requests-in-flight.js'

export interface HttpServerOptions {
  readonly config: GatewayConfig
  readonly engineGateway: EngineGateway
  readonly catalogueEndpoint: CatalogueEndpoint
  readonly listMembers: () => readonly MemberStatus[]
  readonly explorer: ExplorerOptions
}

export interface RunningHttpServer {
  readonly port: number
  /** Refuses new requests, waits for those under way, then closes. */
  stop(): Promise<void>
}

/** Starts the gateway's HTTP front: `/graphql`, `/subgraphs/catalogue`, health and the explorer. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const { config } = options
  const app = fastify({ bodyLimit: config.bodyLimitBytes, forceCloseConnections: true })
  const inFlight = createRequestsInFlight(config.requestTimeoutMs)
  const apollo = new ApolloServer<EngineContext>({
    gateway: options.engineGateway,
    introspection: config.isExplorerEnabled,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: formatGraphQLError,
    plugins: [ApolloServerPluginLandingPageDisabled(), createOutcomeExtension()],
  })
  await apollo.start()

  app.addHook('onRequest', async (_request, reply) => {
    if (!inFlight.isDraining()) return
    return reply
      .code(503)
      .header('connection', 'close')
      .send(toBody(new HubError('SHUTTING_DOWN')))
  })
  app.setErrorHandler((error, _request, reply) => sendHttpError(error, reply))
  addHealthRoutes(app, { listMembers: options.listMembers, isDraining: inFlight.isDraining })
  addGraphQLRoute(app, { path: '/graphql', apollo, openContext: inFlight.open })
  addCatalogueRoute(app, { endpoint: options.catalogueEndpoint, openContext: inFlight.open })
  if (config.isExplorerEnabled) await addExplorerRoutes(app, options.explorer)

  await listen(app, config)
  const address = app.server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.port,
    stop: async () => {
      await inFlight.drain(config.drainTimeoutMs)
      await app.close()
      await apollo.stop()
    },
  }
}

async function listen(app: FastifyInstance, { host, port }: GatewayConfig): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause
    const message = `port ${port} on ${host} is in use; choose another with HUB_PORT or --port`
    throw new HubError('PORT_TAKEN', { message, cause })
  }
}

interface Reply {
  code(status: number): { send(body: unknown): unknown }
}

/** Errors outside GraphQL (body too large, broken JSON): a status and a coded GraphQL-shaped body. */
function sendHttpError(error: unknown, reply: Reply): unknown {
  const status =
    error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
      ? error.statusCode
      : 500
  if (status >= 500) return reply.code(status).send(toBody(new HubError('INTERNAL_SERVER_ERROR')))
  const message = error instanceof Error ? error.message : 'the request cannot be read'
  const code = status === 413 ? 'QUERY_TOO_LARGE' : 'BAD_USER_INPUT'
  return reply.code(status).send(toBody(new HubError(code, { message })))
}

function toBody(error: HubError): object {
  return {
    errors: [
      { message: error.message, extensions: { code: error.code, retryable: error.retryable } },
    ],
  }
}
