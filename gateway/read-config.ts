import { type EnvReader, type LogLevel, logLevels, readEnv } from '../infra/runtime/index.js'
import { defaultGatewayConfig as defaults, type GatewayConfig } from './config.js'

/** What a stand-alone gateway process needs besides the gateway's own settings. */
export interface GatewayProcessConfig {
  readonly gateway: GatewayConfig
  /** The register of members. HUB_REGISTER, default schema/register/members.json. */
  readonly registerFile: string
  /** The composed supergraph. HUB_SUPERGRAPH, default schema/supergraph.graphql. */
  readonly supergraphFile: string
  /** The contract of the members. HUB_CATALOGUE_CONTRACT, default schema/catalogue.graphql. */
  readonly catalogueFile: string
  /** Where recognition is; without it, where the supergraph says. HUB_RECOGNITION_URL. */
  readonly recognitionUrl: string | undefined
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

/** Reads the settings of a stand-alone gateway process; errors as {@link readGatewayConfig}. */
export function readGatewayProcessConfig(env: Env): GatewayProcessConfig {
  return readEnv(env, (read) => ({
    gateway: toGatewayConfig(read),
    registerFile: read.string('HUB_REGISTER', { default: 'schema/register/members.json' }),
    supergraphFile: read.string('HUB_SUPERGRAPH', { default: 'schema/supergraph.graphql' }),
    catalogueFile: read.string('HUB_CATALOGUE_CONTRACT', { default: 'schema/catalogue.graphql' }),
    recognitionUrl: read.optionalUrl('HUB_RECOGNITION_URL', { schemes: ['http', 'https'] }),
    logLevel: read.oneOf('HUB_LOG_LEVEL', { default: 'info', choices: logLevels }),
  }))
}

function toGatewayConfig(read: EnvReader): GatewayConfig {
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
    isExplorerEnabled: read.boolean('HUB_EXPLORER', { default: defaults.isExplorerEnabled }),
  }
}
