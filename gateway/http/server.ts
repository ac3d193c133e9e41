import fastify, { type FastifyInstance } from 'fastify'
import { HubError } from '../../schema/index.js'
import type { GatewayConfig } from '../config.js'
import { addExplorerRoutes, type ExplorerOptions } from '../console/explorer-routes.js'
import type { EngineGateway } from '../engine/engine-gateway.js'
import type { CatalogueEndpoint } from '../fanout/catalogue-endpoint.js'
import type { MemberStatus } from '../registry/member-directory.js'
import { createAdmission } from './admission.js'
import { startApolloFront } from './apollo-front.js'
import { addCatalogueRoute } from './catalogue-route.js'
import { addDocumentRoutes, type PlacedDocumentRoute } from './document-route.js'
import { addGraphQLRoute } from './graphql-route.js'
import { addHealthRoutes } from './health-routes.js'
import { sendHttpError, sendHubError } from './http-error.js'
import { createKnownOperations } from './known-operations.js'
import { createRequestsInFlight } from './requests-in-flight.js'

export interface HttpServerOptions {
  readonly config: GatewayConfig
  readonly engineGateway: EngineGateway
  /** Absent in a gateway without members. */
  readonly catalogueEndpoint: CatalogueEndpoint | undefined
  readonly listMembers: () => readonly MemberStatus[]
  readonly explorer: ExplorerOptions
  /** Parts of the address space that subgraphs answer themselves. */
  readonly documentRoutes: readonly PlacedDocumentRoute[]
}

export interface RunningHttpServer {
  readonly port: number
  /** Resolves when every request that is under way now has ended. */
  untilPresentEnd(): Promise<void>
  /** Refuses new requests, waits for those under way, then closes. */
  stop(): Promise<void>
}

/** Longest time for a request to arrive in full; a client that drips bytes keeps its socket no longer. */
const receiveTimeoutMs = 30_000

/** A connection on which nothing moves for this long after a request's deadline is cut: its client does not read. */
const stalledAnswerMs = 20_000

/** Starts the gateway's HTTP front: `/graphql`, `/subgraphs/catalogue`, health and the explorer. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const { config, engineGateway, catalogueEndpoint } = options
  const app = fastify({
    bodyLimit: config.bodyLimitBytes,
    forceCloseConnections: true,
    requestTimeout: receiveTimeoutMs,
    connectionTimeout: config.requestTimeoutMs + stalledAnswerMs,
  })
  const inFlight = createRequestsInFlight(config.requestTimeoutMs)
  const admission = createAdmission({ limit: config.queueLimit })
  const known = createKnownOperations(engineGateway.current)
  const apollo = await startApolloFront({
    engineGateway,
    known,
    hasIntrospection: config.isExplorerEnabled,
  })

  keepBodyText(app)
  app.addHook('onRequest', (_request, reply, done) => {
    if (!inFlight.isDraining()) return done()
    sendHubError(new HubError('SHUTTING_DOWN'), reply.header('connection', 'close'))
  })
  app.setErrorHandler((error, _request, reply) => sendHttpError(error, reply))
  addHealthRoutes(app, {
    hasMembers: catalogueEndpoint !== undefined,
    listMembers: options.listMembers,
    isDraining: inFlight.isDraining,
  })
  addGraphQLRoute(app, { path: '/graphql', apollo, known, admission, inFlight })
  if (catalogueEndpoint !== undefined) {
    addCatalogueRoute(app, { endpoint: catalogueEndpoint, admission, inFlight })
  }
  await addDocumentRoutes(app, {
    routes: options.documentRoutes,
    inFlight,
    timeoutMs: config.requestTimeoutMs,
    proveOrigin: async () => ({}),
  })
  if (config.isExplorerEnabled) await addExplorerRoutes(app, options.explorer)

  await listen(app, config)
  const address = app.server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.port,
    untilPresentEnd: inFlight.untilPresentEnd,
    stop: async () => {
      await inFlight.drain(config.drainTimeoutMs)
      await app.close()
      await apollo.stop()
    },
  }
}

/** Parses JSON as Fastify does and keeps the text, too: it names the request at admission. */
function keepBodyText(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.decorateRequest('bodyText', '')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    request.bodyText = String(body)
    return parse(request, request.bodyText, done)
  })
}

async function listen(app: FastifyInstance, { host, port }: GatewayConfig): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    // Fastify has opened nothing yet, but holds what was registered.
    await app.close()
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause
    const message = `port ${port} on ${host} is in use; choose another with HUB_PORT or --port`
    throw new HubError('PORT_TAKEN', { message, cause })
  }
}
