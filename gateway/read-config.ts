import { type EnvReader, type LogLevel, logLevels, readEnv } from '../infra/runtime/index.js'
import {
  defaultGatewayConfig as defaults,
  type GatewayConfig,
  hubModes,
  type RedisPlaces,
  unauthorisedChoices,
} from './config.js'
import { readDoorConfig } from './http/door-config.js'
import { readLimitsConfig } from './limits/limits-config.js'

/** What a stand-alone gateway process needs besides the gateway's own settings. */
export interface GatewayProcessConfig {
  readonly gateway: GatewayConfig
  /** The composed supergraph. HUB_SUPERGRAPH, default schema/supergraph.graphql. */
  readonly supergraphFile: string
  /** The register of members. HUB_REGISTER, default schema/register/members.json, none for a supergraph that is not ours. */
  readonly registerFile: string | undefined
  /** The contract of the members. HUB_CATALOGUE_CONTRACT, default schema/catalogue.graphql. */
  readonly catalogueFile: string
  /**
   * Operations clients may send by their hash alone: a folder of `.graphql` files, a persisted query manifest or an object
   * of texts by SHA-256. Read again with supergraph and register. HUB_DOCUMENTS, default none.
   */
  readonly documentsPath: string | undefined
  /** URLs of subgraphs by name; for those not named here, the supergraph says. HUB_RECOGNITION_URL. */
  readonly subgraphUrls: ReadonlyMap<string, string>
  /** Issuers of access tokens. HUB_ISSUERS, default none: everybody is anonymous. */
  readonly issuersFile: string | undefined
  /** Root keys to sign calls to subgraphs with. HUB_SIGNING_KEYS, needed in production mode for a supergraph of ours. */
  readonly signingKeysFile: string | undefined
  /** Processes that share the port. HUB_WORKERS, default one per core, 1–256. */
  readonly workers: number
  /** Whether changed files are taken over without a signal. HUB_WATCH, default false. */
  readonly isWatching: boolean
  /** HUB_LOG_LEVEL, default info. */
  readonly logLevel: LogLevel
}

type Env = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings of the gateway.
 *
 * @throws RuntimeFailure `CONFIG_INVALID` that lists every variable at fault.
 */
export function readGatewayConfig(env: Env): GatewayConfig {
  return readEnv(env, toGatewayConfig)
}

/**
 * Reads the settings of a stand-alone gateway process; errors as {@link readGatewayConfig}.
 *
 * @param facts.isForeign - The supergraph was named on the command line: then only a register that is named, too, counts.
 */
export function readGatewayProcessConfig(
  env: Env,
  facts: { readonly cores: number; readonly isForeign: boolean },
): GatewayProcessConfig {
  return readEnv(env, (read) => {
    const recognitionUrl = read.optionalUrl('HUB_RECOGNITION_URL', { schemes: ['http', 'https'] })
    const ourRegister = facts.isForeign ? undefined : 'schema/register/members.json'
    return {
      gateway: toGatewayConfig(read),
      supergraphFile: read.string('HUB_SUPERGRAPH', { default: 'schema/supergraph.graphql' }),
      registerFile: read.optionalString('HUB_REGISTER') ?? ourRegister,
      catalogueFile: read.string('HUB_CATALOGUE_CONTRACT', { default: 'schema/catalogue.graphql' }),
      documentsPath: read.optionalString('HUB_DOCUMENTS'),
      subgraphUrls: new Map(
        recognitionUrl === undefined ? [] : [['recognition', recognitionUrl] as const],
      ),
      issuersFile: read.optionalString('HUB_ISSUERS'),
      signingKeysFile: read.optionalString('HUB_SIGNING_KEYS'),
      workers: read.integer('HUB_WORKERS', {
        default: Math.min(Math.max(facts.cores, 1), 256),
        min: 1,
        max: 256,
      }),
      isWatching: read.boolean('HUB_WATCH', { default: false }),
      logLevel: read.oneOf('HUB_LOG_LEVEL', { default: 'info', choices: logLevels }),
    }
  })
}

function toGatewayConfig(read: EnvReader): GatewayConfig {
  const mode = read.oneOf('HUB_MODE', { default: defaults.mode, choices: hubModes })
  const isDevelopment = mode === 'development'
  return {
    host: read.string('HUB_HOST', { default: defaults.host }),
    port: read.integer('HUB_PORT', { default: defaults.port, min: 0, max: 65_535 }),
    requestTimeoutMs: read.integer('HUB_REQUEST_TIMEOUT_MS', {
      default: defaults.requestTimeoutMs,
      min: 100,
      max: 60_000,
    }),
    memberTimeoutMs: read.integer('HUB_MEMBER_TIMEOUT_MS', {
      default: defaults.memberTimeoutMs,
      min: 50,
      max: 10_000,
    }),
    bodyLimitBytes: read.integer('HUB_BODY_LIMIT_BYTES', {
      default: defaults.bodyLimitBytes,
      min: 1_024,
      max: 10_485_760,
    }),
    answerLimitBytes: read.integer('HUB_ANSWER_LIMIT_BYTES', {
      default: defaults.answerLimitBytes,
      min: 65_536,
      max: 104_857_600,
    }),
    drainTimeoutMs: read.integer('HUB_DRAIN_TIMEOUT_MS', {
      default: defaults.drainTimeoutMs,
      min: 0,
      max: 120_000,
    }),
    queueLimit: read.integer('HUB_QUEUE_LIMIT', {
      default: defaults.queueLimit,
      min: 1,
      max: 100_000,
    }),
    mode,
    unauthorised: read.oneOf('HUB_UNAUTHORISED', {
      default: defaults.unauthorised,
      choices: unauthorisedChoices,
    }),
    isExplorerEnabled: read.boolean('HUB_EXPLORER', { default: isDevelopment }),
    isIntrospectionEnabled: read.boolean('HUB_INTROSPECTION', { default: isDevelopment }),
    areSuggestionsEnabled: read.boolean('HUB_SUGGESTIONS', { default: isDevelopment }),
    areSubgraphErrorsShown: read.boolean('HUB_SUBGRAPH_ERRORS', { default: false }),
    isCatalogueEndpointEnabled: read.boolean('HUB_CATALOGUE_ENDPOINT', { default: isDevelopment }),
    isCoalescingEnabled: read.boolean('HUB_COALESCING', { default: defaults.isCoalescingEnabled }),
    hasOwnSockets: read.boolean('HUB_OWN_SOCKETS', { default: defaults.hasOwnSockets }),
    door: readDoorConfig(read),
    limits: readLimitsConfig(read, !isDevelopment),
    redis: readRedisPlaces(read),
    databaseUrl: read.optionalUrl('DATABASE_URL', { schemes: ['postgres', 'postgresql'] }),
    isCachingEnabled: read.boolean('HUB_CACHE', { default: defaults.isCachingEnabled }),
    cacheMemoryBytes: read.integer('HUB_CACHE_MEMORY_BYTES', {
      default: defaults.cacheMemoryBytes,
      min: 1_048_576,
      max: 17_179_869_184,
    }),
    redisTimeoutMs: read.integer('HUB_REDIS_TIMEOUT_MS', {
      default: defaults.redisTimeoutMs,
      min: 5,
      max: 5_000,
    }),
    isCacheShadowed: read.boolean('HUB_CACHE_SHADOW', { default: defaults.isCacheShadowed }),
  }
}

function readRedisPlaces(read: EnvReader): RedisPlaces | undefined {
  const schemes = ['redis', 'rediss']
  const allianceUrl = read.optionalUrl('REDIS_URL', { schemes })
  const urlsByJurisdiction = read.urlMap('HUB_REDIS_BY_JURISDICTION', { schemes })
  // Counters and locks are the alliance's: a jurisdiction's Redis alone does not make a cache.
  return allianceUrl === undefined ? undefined : { allianceUrl, urlsByJurisdiction }
}
