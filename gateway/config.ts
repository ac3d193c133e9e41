import { type DoorConfig, defaultDoorConfig } from './http/door-config.js'
import { defaultLimitsConfig, type LimitsConfig } from './limits/limits-config.js'

/** What the gateway needs besides its schemas and the register. Read from the environment by `read-config.ts`. */
export interface GatewayConfig {
  /** Address to listen on. HUB_HOST, default 127.0.0.1. */
  readonly host: string
  /** Port to listen on, 0 picks a free one. HUB_PORT, default 4000. */
  readonly port: number
  /** Deadline of a whole request in ms. HUB_REQUEST_TIMEOUT_MS, default 10000, 100–60000. */
  readonly requestTimeoutMs: number
  /** Deadline of one member's answer in ms. HUB_MEMBER_TIMEOUT_MS, default 1500, 50–10000. */
  readonly memberTimeoutMs: number
  /** Largest request body in bytes. HUB_BODY_LIMIT_BYTES, default 262144, 1024–10485760. */
  readonly bodyLimitBytes: number
  /** Largest answer of a subgraph in bytes. HUB_ANSWER_LIMIT_BYTES, default 8388608, 65536–104857600. */
  readonly answerLimitBytes: number
  /** How long a stop waits for requests under way, in ms. HUB_DRAIN_TIMEOUT_MS, default 10000, 0–120000. */
  readonly drainTimeoutMs: number
  /** Most requests that wait to be started; beyond it 503 `OVERLOADED`. HUB_QUEUE_LIMIT, default 1000, 1–100000. */
  readonly queueLimit: number
  /**
   * `production` closes what helps attackers more than clients and refuses what only development needs; each has its own
   * setting. HUB_MODE, default development.
   */
  readonly mode: HubMode
  /**
   * What becomes of an operation that asks for something its caller may not read: `null` with an error for each such field,
   * or the whole is refused with 401 or 403. HUB_UNAUTHORISED, `null` or `refuse`, default null.
   */
  readonly unauthorised: (typeof unauthorisedChoices)[number]
  /** Whether the explorer is served. HUB_EXPLORER, default only in development. */
  readonly isExplorerEnabled: boolean
  /** Whether clients may ask for the schema. HUB_INTROSPECTION, default only in development. */
  readonly isIntrospectionEnabled: boolean
  /** Whether errors suggest names of the schema ("Did you mean"). HUB_SUGGESTIONS, default only in development. */
  readonly areSuggestionsEnabled: boolean
  /** Whether clients see a subgraph's own words about its failures. HUB_SUBGRAPH_ERRORS, default false. */
  readonly areSubgraphErrorsShown: boolean
  /** Whether other routers may use the fan-out at /subgraphs/catalogue. HUB_CATALOGUE_ENDPOINT, default only in development. */
  readonly isCatalogueEndpointEnabled: boolean
  /**
   * Whether identical queries to a subgraph under way at the same time share one call, and identical queries of anonymous
   * clients one execution. HUB_COALESCING, default true.
   */
  readonly isCoalescingEnabled: boolean
  /**
   * Whether subgraphs on plain HTTP are asked over the hub's own HTTP/1.1 client instead of undici, which does more per call.
   * HUB_OWN_SOCKETS, default true.
   */
  readonly hasOwnSockets: boolean
  readonly door: DoorConfig
  readonly limits: LimitsConfig
  /** The Redis servers entries are kept in and limits are counted in; undefined: this process's memory only. */
  readonly redis: RedisPlaces | undefined
  /** Postgres server on which the gateway keeps its own database `hub_gateway`. DATABASE_URL, default none. */
  readonly databaseUrl: string | undefined
  /** Whether answers are kept, as the register's policies and the contracts allow. HUB_CACHE, default true. */
  readonly isCachingEnabled: boolean
  /** Most bytes of kept answers in this process. HUB_CACHE_MEMORY_BYTES, default 134217728, 1048576–17179869184. */
  readonly cacheMemoryBytes: number
  /** Longest wait for an answer of Redis in ms. HUB_REDIS_TIMEOUT_MS, default 40, 5–5000. */
  readonly redisTimeoutMs: number
  /** Whether kept answers are only compared with live ones, not served. HUB_CACHE_SHADOW, default false. */
  readonly isCacheShadowed: boolean
}

/**
 * Where Redis is. A URL with `?cluster=true` names one node of a Redis Cluster; the others are asked of it.
 */
export interface RedisPlaces {
  /** Any data of members whose residency is `alliance`, counters and locks. REDIS_URL. */
  readonly allianceUrl: string
  /** The Redis of a jurisdiction, by its code. HUB_REDIS_BY_JURISDICTION, e.g. `MX=redis://…,NO=redis://…`. */
  readonly urlsByJurisdiction: ReadonlyMap<string, string>
}

export const unauthorisedChoices = ['null', 'refuse'] as const

export const hubModes = ['development', 'production'] as const
export type HubMode = (typeof hubModes)[number]

export const defaultGatewayConfig: GatewayConfig = {
  host: '127.0.0.1',
  port: 4000,
  requestTimeoutMs: 10_000,
  memberTimeoutMs: 1_500,
  bodyLimitBytes: 262_144,
  answerLimitBytes: 8_388_608,
  drainTimeoutMs: 10_000,
  queueLimit: 1_000,
  mode: 'development',
  unauthorised: 'null',
  isExplorerEnabled: true,
  isIntrospectionEnabled: true,
  areSuggestionsEnabled: true,
  areSubgraphErrorsShown: false,
  isCatalogueEndpointEnabled: true,
  isCoalescingEnabled: true,
  hasOwnSockets: true,
  door: defaultDoorConfig,
  limits: defaultLimitsConfig,
  redis: undefined,
  databaseUrl: undefined,
  isCachingEnabled: true,
  cacheMemoryBytes: 134_217_728,
  redisTimeoutMs: 40,
  isCacheShadowed: false,
}
