import fastify, { type FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { Logger } from '../../infra/runtime/index.js'
import { HubError, hasRole } from '../../schema/index.js'
import { type AuditRouteOptions, addAuditRoute } from '../audit/audit-route.js'
import type { Authenticator } from '../auth/authenticator.js'
import type { DocumentStore } from '../cache/document-store.js'
import type { OpenCache } from '../cache/open-cache.js'
import type { GatewayConfig } from '../config.js'
import { addExplorerRoutes, type ExplorerOptions } from '../console/explorer-routes.js'
import type { EngineGateway } from '../engine/engine-gateway.js'
import type { CatalogueEndpoint } from '../fanout/catalogue-endpoint.js'
import type { RequestLimits } from '../limits/request-limits.js'
import type { MemberStatus } from '../registry/member-directory.js'
import { createAdmission } from './admission.js'
import { startApolloFront } from './apollo-front.js'
import { addCacheRoutes } from './cache-routes.js'
import { addCatalogueRoute } from './catalogue-route.js'
import { allowOrigins } from './cross-origin.js'
import { addBodyDecompression } from './decompress-body.js'
import {
  addDocumentRoutes,
  type DocumentRouteOptions,
  type PlacedDocumentRoute,
} from './document-route.js'
import { createLimitCheck } from './early-answer.js'
import { addGraphQLRoute, keptPoints } from './graphql-route.js'
import { addHealthRoutes } from './health-routes.js'
import { sendHttpError, sendHubError } from './http-error.js'
import { createKnownOperations } from './known-operations.js'
import { addMetricsRoute } from './metrics-route.js'
import { addPageHeaders } from './page-headers.js'
import { createRequestsInFlight } from './requests-in-flight.js'
import { createScopeCheck, type RequireScope } from './require-scope.js'
import { createShadowAnswers } from './shadow-answers.js'
import { createSharedAnswers } from './shared-answers.js'

export interface HttpServerOptions {
  readonly config: GatewayConfig
  readonly engineGateway: EngineGateway
  /** Absent in a gateway without issuers: then everybody is anonymous. */
  readonly authenticate?: Authenticator
  /** Absent in a gateway without a database. */
  readonly audit?: Pick<AuditRouteOptions, 'database' | 'trail'> | undefined
  /** For documents forwarded to subgraphs. */
  readonly proveOrigin: DocumentRouteOptions['proveOrigin']
  readonly limits: RequestLimits
  /** Absent in a gateway without members, and where it is turned off. */
  readonly catalogueEndpoint: CatalogueEndpoint | undefined
  readonly hasMembers: boolean
  readonly listMembers: () => readonly MemberStatus[]
  /** Absent in a gateway that keeps nothing. */
  readonly cache: OpenCache | undefined
  /** Who may purge; default nobody. */
  readonly requireScope?: RequireScope | undefined
  /** Operations by their hash. */
  readonly documents: DocumentStore
  /** What `/metrics` shows. */
  readonly registry: Registry
  readonly explorer: ExplorerOptions
  /** Parts of the address space that subgraphs answer themselves. */
  readonly documentRoutes: readonly PlacedDocumentRoute[]
  readonly log: Logger
}

export interface RunningHttpServer {
  readonly port: number
  /** Resolves when every request that is under way now has ended. */
  untilPresentEnd(): Promise<void>
  /** Refuses new requests, waits for those under way, then closes. */
  stop(): Promise<void>
}

const graphqlPath = '/graphql'

/** A connection on which nothing moves for this long after a request's deadline is cut: its client does not read. */
const stalledAnswerMs = 20_000

/** Starts the gateway's HTTP front: `/graphql`, `/subgraphs/catalogue`, health and the explorer. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const { config, engineGateway, catalogueEndpoint, cache } = options
  const { door } = config
  const isProduction = config.mode === 'production'
  const app = openDoor(config)
  const inFlight = createRequestsInFlight(config.requestTimeoutMs)
  const admission = createAdmission({ limit: config.queueLimit })
  const known = createKnownOperations(engineGateway.current)
  const apollo = await startApolloFront({
    engineGateway,
    known,
    hasIntrospection: config.isIntrospectionEnabled,
    hasSuggestions: config.areSuggestionsEnabled,
    areSubgraphErrorsShown: config.areSubgraphErrorsShown,
    hasBatches: door.batchLimit > 1,
    documents: options.documents,
  })

  keepBodyText(app)
  addBodyDecompression(app, config.bodyLimitBytes)
  app.addHook('onRequest', (_request, reply, done) => {
    if (!inFlight.isDraining()) return done()
    sendHubError(new HubError('SHUTTING_DOWN'), reply.header('connection', 'close'))
  })
  app.setErrorHandler((error, _request, reply) => sendHttpError(error, reply))
  addHealthRoutes(app, {
    hasMembers: options.hasMembers,
    listMembers: options.listMembers,
    isCacheDegraded: cache?.isDegraded,
    isDraining: inFlight.isDraining,
  })
  const guards = { ...config.limits, batchLimit: door.batchLimit }
  const responses = config.isCacheShadowed ? undefined : cache?.responses
  // Scopes of their own: the hooks of one do not run for the other.
  await app.register(async (api) => {
    const { allowedOrigins } = door
    await allowOrigins(api, { allowedOrigins, isLocalAllowed: !isProduction })
    addGraphQLRoute(api, {
      path: graphqlPath,
      ...{ apollo, known, admission, inFlight },
      shared:
        cache !== undefined && config.isCacheShadowed
          ? createShadowAnswers({ ...cache, log: options.log })
          : createSharedAnswers(responses),
      isSharing: config.isCoalescingEnabled,
      limits: options.limits,
      guards,
      ...(options.authenticate && { authenticate: options.authenticate }),
      mayExplain: ({ principal }) => !isProduction || hasRole(principal, 'operator'),
    })
  })
  if (options.audit !== undefined) {
    addAuditRoute(app, { ...options.audit, authenticate: options.authenticate })
  }
  addMetricsRoute(app, options.registry)
  if (cache !== undefined) {
    addCacheRoutes(app, {
      cache,
      requireScope:
        options.requireScope ?? createScopeCheck(options.authenticate, options.audit?.trail.record),
      early: {
        path: graphqlPath,
        // Behind a proxy only the framework knows the client's address, which pays; so nothing is answered before it.
        responses: door.trustedProxies.length === 0 ? responses : undefined,
        checks: [() => !inFlight.isDraining(), createLimitCheck(options.limits, keptPoints)],
        bodyLimitBytes: config.bodyLimitBytes,
      },
    })
  }
  if (catalogueEndpoint !== undefined) {
    addCatalogueRoute(app, {
      ...{ endpoint: catalogueEndpoint, admission, inFlight, guards, limits: options.limits },
      ...(options.authenticate && { authenticate: options.authenticate }),
    })
  }
  await app.register(async (pages) => {
    await addPageHeaders(pages, { isProduction })
    await addDocumentRoutes(pages, {
      routes: options.documentRoutes,
      inFlight,
      limits: options.limits,
      timeoutMs: config.requestTimeoutMs,
      proveOrigin: options.proveOrigin,
    })
    if (config.isExplorerEnabled) await addExplorerRoutes(pages, options.explorer)
  })

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

/** How often sockets are looked at for the timeouts of receiving; Node's default is 30 s. */
const checkIntervalMs = 1_000

function openDoor({ door, bodyLimitBytes, requestTimeoutMs }: GatewayConfig): FastifyInstance {
  const app = fastify({
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: true,
    // A client that drips bytes keeps its socket no longer than this.
    requestTimeout: door.receiveTimeoutMs,
    connectionTimeout: requestTimeoutMs + stalledAnswerMs,
    keepAliveTimeout: door.keepAliveTimeoutMs,
    maxRequestsPerSocket: door.requestsPerConnection,
    trustProxy: door.trustedProxies.length === 0 ? false : [...door.trustedProxies],
    http: {
      headersTimeout: Math.min(door.headersTimeoutMs, door.receiveTimeoutMs),
      requestTimeout: door.receiveTimeoutMs,
      connectionsCheckingInterval: Math.min(checkIntervalMs, door.headersTimeoutMs),
    },
  })
  app.server.maxConnections = door.connectionLimit
  app.server.maxHeadersCount = 100
  return app
}

/** Parses JSON as Fastify does and keeps the text, too: it names the request at admission. */
function keepBodyText(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.decorateRequest('bodyText', '')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (!isUnicode(request.headers['content-type'])) {
      const message = 'a JSON body must be in UTF-8'
      return done(Object.assign(new Error(message), { statusCode: 415 }))
    }
    request.bodyText = String(body)
    return parse(request, request.bodyText, done)
  })
}

/** JSON has one encoding; whoever names another means to find a decoder with a flaw. */
function isUnicode(contentType: string | undefined): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType ?? '')?.[1]
  return charset === undefined || /^utf-?8$/i.test(charset)
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
