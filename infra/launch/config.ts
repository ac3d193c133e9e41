import { join } from 'node:path'
import { type LogLevel, logLevels, readEnv } from '../runtime/index.js'

/** What the launcher needs to start a whole hub in one process. */
export interface LaunchConfig {
  /** The project's folder; everything else is found from here. */
  readonly rootDirectory: string
  /** Address of every server of the hub. HUB_HOST, default 127.0.0.1. */
  readonly host: string
  /**
   * Recognition listens here and members on the ports that follow, in the order of the register; 0 picks free ports.
   * HUB_SUBGRAPH_PORT_BASE, default 4100, 0–65000.
   */
  readonly subgraphPortBase: number
  /** Postgres to use instead of the embedded one, as a user who may create databases. DATABASE_URL, default none. */
  readonly databaseUrl: string | undefined
  /** Redis to use instead of one of ours. REDIS_URL, default none. */
  readonly redisUrl: string | undefined
  /** Port of the embedded Postgres, 0 picks a free one. HUB_POSTGRES_PORT, default 0. */
  readonly postgresPort: number
  /** Port of our Redis, 0 picks a free one. HUB_REDIS_PORT, default 0. */
  readonly redisPort: number
  /** Folder of the embedded Postgres. HUB_STATE_DIRECTORY, default `.data`, as root one below /var/lib/alliance-hub. */
  readonly stateDirectory: string | undefined
  /** Where `redis-server` and Debian's tools are looked for. PATH. */
  readonly searchPath: string
  /** Where clients reach the hub, if not at the gateway's own address. HUB_PUBLIC_URL, default none. */
  readonly publicUrl: string | undefined
  /** Issuers of access tokens besides the development issuer. HUB_ISSUERS, default none. */
  readonly issuersFile: string | undefined
  /** The register of members. HUB_REGISTER, default schema/register/members.json. */
  readonly registerFile: string
  /** Keys of the issuing body. HUB_CREDENTIAL_KEYS, default `credential-keys` in the state directory. */
  readonly credentialKeys: string | undefined
  /** The European SHACL shapes. HUB_ELM_SHAPES, default ../shared/data/elm; without them FORMAT says so. */
  readonly elmShapes: string | undefined
  /** Other issuers whose seals are believed. HUB_TRUSTED_ISSUERS, default none. */
  readonly trustedIssuersFile: string | undefined
  /** Operations clients may send by their hash alone: a folder or a manifest. HUB_DOCUMENTS, default none. */
  readonly documentsPath: string | undefined
  /** Whether members read their sources at the start. HUB_SYNC_ON_START, default true. */
  readonly syncOnStart: boolean
  /** HUB_LOG_LEVEL: debug, info, warn, error or silent; default warn. Logs go to standard error, one JSON line each. */
  readonly logLevel: LogLevel
}

/**
 * Reads the launcher's configuration from environment variables.
 *
 * @throws RuntimeFailure `CONFIG_INVALID` that lists every variable at fault.
 */
export function readLaunchConfig(
  env: Readonly<Record<string, string | undefined>>,
  rootDirectory: string,
): LaunchConfig {
  const port = { default: 0, min: 0, max: 65_535 }
  return readEnv(env, (read) => ({
    rootDirectory,
    host: read.string('HUB_HOST', { default: '127.0.0.1' }),
    subgraphPortBase: read.integer('HUB_SUBGRAPH_PORT_BASE', {
      default: 4100,
      min: 0,
      max: 65_000,
    }),
    databaseUrl: read.optionalUrl('DATABASE_URL', { schemes: ['postgres', 'postgresql'] }),
    redisUrl: read.optionalUrl('REDIS_URL', { schemes: ['redis', 'rediss'] }),
    postgresPort: read.integer('HUB_POSTGRES_PORT', port),
    redisPort: read.integer('HUB_REDIS_PORT', port),
    stateDirectory: read.optionalString('HUB_STATE_DIRECTORY'),
    searchPath: read.string('PATH', { default: '/usr/bin:/bin' }),
    publicUrl: read.optionalUrl('HUB_PUBLIC_URL', { schemes: ['http', 'https'] }),
    registerFile: read.string('HUB_REGISTER', {
      default: join(rootDirectory, 'schema/register/members.json'),
    }),
    issuersFile: read.optionalString('HUB_ISSUERS'),
    credentialKeys: read.optionalString('HUB_CREDENTIAL_KEYS'),
    elmShapes: read.optionalString('HUB_ELM_SHAPES'),
    trustedIssuersFile: read.optionalString('HUB_TRUSTED_ISSUERS'),
    documentsPath: read.optionalString('HUB_DOCUMENTS'),
    syncOnStart: read.boolean('HUB_SYNC_ON_START', { default: true }),
    logLevel: read.oneOf('HUB_LOG_LEVEL', { default: 'warn', choices: logLevels }),
  }))
}
