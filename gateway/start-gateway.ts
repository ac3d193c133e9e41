import { join } from 'node:path'
import { Registry } from 'prom-client'
import type { Logger, RequestKey } from '../infra/runtime/index.js'
import { type DocumentRoute, HubError, type MemberRegister } from '../schema/index.js'
import { createAuditTrail } from './audit/audit-trail.js'
import { createGatewayAuthenticator } from './auth/create-gateway-authenticator.js'
import type { IssuerConfig } from './auth/issuer-config.js'
import { createDocumentProof } from './auth/prove-document-origin.js'
import { createDocumentStore } from './cache/document-store.js'
import { openCache } from './cache/open-cache.js'
import type { GatewayConfig } from './config.js'
import { loadExampleOperations } from './console/example-operations.js'
import { createEngineGateway } from './engine/engine-gateway.js'
import type { SubgraphEntry } from './engine/supergraph-model.js'
import { createCatalogueEndpoint } from './fanout/catalogue-endpoint.js'
import type { PlacedDocumentRoute } from './http/document-route.js'
import type { RequireScope } from './http/require-scope.js'
import { startHttpServer } from './http/server.js'
import { createRequestLimits } from './limits/request-limits.js'
import { catalogueSubgraph, createMemberFanOut } from './member-fan-out.js'
import type { MemberStatus } from './registry/member-directory.js'
import { createGatewayDatabase } from './store/gateway-database.js'
import { openRedis, type RedisConnection } from './store/open-redis.js'
import { createSubgraphClients } from './subgraph-clients.js'
import { createLayeredClient } from './transport/layered-client.js'
import { createCallSigner } from './transport/sign-calls.js'

export interface GatewayOptions {
  readonly config: GatewayConfig
  readonly supergraphSdl: string
  /** The members behind the subgraph `catalogue`; without them it is a subgraph like any other. */
  readonly register?: MemberRegister
  /** The contract every member implements; its directives say how answers are merged. Needed with a register. */
  readonly catalogueSdl?: string
  /** Contracts of other subgraphs by name: what may be kept of them. Of one without a contract, nothing is. */
  readonly contracts?: ReadonlyMap<string, string>
  /** URLs of subgraphs other than `catalogue`, by name; what is missing is taken from the supergraph. */
  readonly subgraphUrls: ReadonlyMap<string, string>
  /** Parts of the address space that subgraphs of `subgraphUrls` answer themselves; default none. */
  readonly documentRoutes?: readonly DocumentRoute[]
  /** Whose access tokens are taken. Without any, everybody is anonymous and `Authorization` is not looked at. */
  readonly issuers?: readonly IssuerConfig[]
  /** Root keys; without any, calls to subgraphs are not signed. Subgraphs of ours then refuse them. */
  readonly signingKeys?: readonly RequestKey[]
  /** Who may use `/admin`; default nobody. */
  readonly requireScope?: RequireScope
  /** The project's root, where the explorer's files are. */
  readonly rootDirectory: string
  /** Folder of example operations for the explorer; default `schema/operations`, null for none. */
  readonly examplesDirectory?: string | null
  /** Texts of operations clients may send by their hash alone, besides the examples; see `trustDocuments`. */
  readonly trustedDocuments?: readonly string[]
  readonly log: Logger
}

export interface RunningGateway {
  readonly url: string
  readonly port: number
  listMembers(): readonly MemberStatus[]
  listSubgraphs(): readonly SubgraphEntry[]
  /** Adds, removes or moves members while running. Does nothing in a gateway without members. */
  applyRegister(register: MemberRegister): Promise<void>
  /**
   * Serves another supergraph from now on. Requests under way finish on the old one; then clients nobody needs close.
   *
   * @throws HubError `SUPERGRAPH_INVALID` with its faults; then the old one stays.
   */
  swapSupergraph(supergraphSdl: string): void
  /** Knows these texts by their hash from now on, instead of those it was told before. The examples stay. */
  trustDocuments(texts: readonly string[]): void
  stop(): Promise<void>
}

/**
 * Starts the federated gateway: loads the supergraph, checks the members, listens.
 *
 * @throws HubError `SUPERGRAPH_INVALID`, `PORT_TAKEN`, or `CONFIG_INVALID` for the development issuer in production.
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { config, log, register, catalogueSdl, rootDirectory, issuers = [], signingKeys } = options
  const transport = {
    maximumBodyBytes: config.answerLimitBytes,
    isCoalescing: config.isCoalescingEnabled,
    hasOwnSockets: config.hasOwnSockets,
    log,
  }
  const database =
    config.databaseUrl === undefined
      ? undefined
      : createGatewayDatabase({ databaseUrl: config.databaseUrl, log })
  const trail = database && createAuditTrail({ database, now: () => new Date(), log })
  const isProduction = config.mode === 'production'
  const authenticator =
    issuers.length === 0
      ? undefined
      : createGatewayAuthenticator({ issuers, isProduction, register, log })
  const registry = new Registry()
  const cache =
    register === undefined || catalogueSdl === undefined || !config.isCachingEnabled
      ? undefined
      : openCache({
          register,
          catalogueSdl,
          contracts: options.contracts ?? new Map(),
          database,
          config,
          registry,
          log,
        })
  const members =
    register === undefined || catalogueSdl === undefined
      ? undefined
      : createMemberFanOut({
          ...{ config, register, catalogueSdl, signingKeys, log },
          ...(cache && { createAsker: cache.createAsker, memo: cache.memo }),
        })
  const isCounting = config.limits.anonymousPoints > 0 || config.limits.principalPoints > 0
  const redis =
    isCounting && config.redis !== undefined
      ? openRedis({ url: config.redis.allianceUrl, timeoutMs: 250, name: 'limits', log })
      : undefined
  const limits = createRequestLimits({
    config: config.limits,
    redis,
    findWidth: members?.findWidth ?? (() => undefined),
    fanOutSubgraph: members && catalogueSubgraph,
    log,
  })
  const catalogueEndpoint =
    members === undefined || catalogueSdl === undefined || !config.isCatalogueEndpointEnabled
      ? undefined
      : createCatalogueEndpoint({
          fanOutClient: members.client,
          catalogueSdl,
          openGuard: limits.openGuard,
        })
  const clients = createSubgraphClients((name, url) => {
    const place = options.subgraphUrls.get(name) ?? url
    assertRoutable(name, place)
    return createLayeredClient({
      ...transport,
      name,
      url: place,
      timeoutMs: config.requestTimeoutMs,
      ...(signingKeys && {
        signer: createCallSigner({ rootKeys: signingKeys, subgraph: name, isPersonal: true }),
      }),
    })
  }, log)
  const engineGateway = createEngineGateway({
    supergraphSdl: options.supergraphSdl,
    openClient: (name, url) =>
      members !== undefined && name === catalogueSubgraph
        ? members.client
        : (cache?.wrap(name, clients.open(name, url)) ?? clients.open(name, url)),
    openGuard: limits.openGuard,
    isRefusingDenied: config.unauthorised === 'refuse',
    ...(trail && { onSensitive: trail.record }),
    log,
  })
  const examplesDirectory =
    options.examplesDirectory === undefined
      ? join(rootDirectory, 'schema', 'operations')
      : options.examplesDirectory
  const [examples] = await Promise.all([
    examplesDirectory === null ? [] : loadExampleOperations(examplesDirectory),
    members?.directory.start(),
    redis && untilReady(redis),
  ])
  // The documents of our own frontends are known from the start, like those an operator trusts.
  const documents = cache?.documents ?? createDocumentStore({ shared: undefined })
  const trustDocuments = (texts: readonly string[]) =>
    documents.trust([...examples.map(({ query }) => query), ...texts])
  trustDocuments(options.trustedDocuments ?? [])
  const listMembers = () => members?.directory.list() ?? []
  const stopBehind = async () => {
    await members?.directory.stop()
    redis?.disconnect()
    await clients.close()
    await cache?.close()
    await trail?.stop()
    await database?.close()
  }
  const server = await startHttpServer({
    config,
    engineGateway,
    ...(authenticator && { authenticate: authenticator.identify }),
    proveOrigin: createDocumentProof({
      signingKeys,
      authenticate: authenticator?.identify,
      record: trail?.record,
    }),
    audit: database && trail && { database, trail },
    limits,
    catalogueEndpoint,
    hasMembers: members !== undefined,
    listMembers,
    cache,
    documents,
    registry,
    requireScope: options.requireScope,
    documentRoutes: placeDocumentRoutes(options),
    explorer: {
      assetsDirectory: join(rootDirectory, 'gateway', 'console', 'assets'),
      examples,
    },
    log,
  }).catch(async (error: unknown) => {
    await stopBehind()
    throw error
  })
  return {
    port: server.port,
    url: `http://${toUrlHost(config.host)}:${server.port}/graphql`,
    listMembers,
    listSubgraphs: () => engineGateway.current().subgraphs,
    applyRegister: async (next) => {
      // The members first: what those of before answer must not be kept as an answer of these.
      await members?.directory.apply(next)
      cache?.applyRegister(next)
      authenticator?.applyRegister(next)
    },
    swapSupergraph: (supergraphSdl) => {
      try {
        engineGateway.swap(supergraphSdl)
      } finally {
        // Also after a refusal: clients may have been opened for it.
        clients.retain(engineGateway.current().subgraphs, server.untilPresentEnd())
      }
    },
    trustDocuments,
    stop: async () => {
      await server.stop()
      await stopBehind()
    },
  }
}

/** A route whose subgraph nobody placed is not offered. */
function placeDocumentRoutes(options: GatewayOptions): readonly PlacedDocumentRoute[] {
  return (options.documentRoutes ?? []).flatMap((route) => {
    const url = options.subgraphUrls.get(route.subgraph)
    return url === undefined ? [] : [{ ...route, origin: new URL(url).origin }]
  })
}

const redisWaitMs = 1_000

/** Waits a moment for the connection, so that not even the first request is counted in this process alone. */
async function untilReady(redis: RedisConnection): Promise<void> {
  if (redis.status === 'ready') return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, redisWaitMs)
    redis.once('ready', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

function assertRoutable(name: string, url: string): void {
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return
  const message = `the supergraph gives subgraph ${name} no http or https URL, but '${url}'`
  throw new HubError('SUPERGRAPH_INVALID', { message, subgraph: name })
}

/** IPv6 addresses stand in brackets, and nobody can ask "any address". */
function toUrlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
