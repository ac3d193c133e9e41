import type { EnvReader } from '../../infra/runtime/index.js'

/** Who may reach the door, and how long and how often. Part of `GatewayConfig`. */
export interface DoorConfig {
  /**
   * Origins of pages that may call the API from a browser, e.g. `https://portal.example`. HUB_ALLOWED_ORIGINS, comma-separated,
   * default none; in development mode pages of this machine may, too.
   */
  readonly allowedOrigins: readonly string[]
  /** Addresses or networks of proxies whose X-Forwarded-For is believed. HUB_TRUSTED_PROXIES, comma-separated, default none. */
  readonly trustedProxies: readonly string[]
  /** Longest time for a request's headers to arrive, in ms. HUB_HEADERS_TIMEOUT_MS, default 5000, 100–60000. */
  readonly headersTimeoutMs: number
  /** Longest time for a request to arrive in full, in ms. HUB_RECEIVE_TIMEOUT_MS, default 15000, 200–120000. */
  readonly receiveTimeoutMs: number
  /** How long an idle connection is kept, in ms. HUB_KEEP_ALIVE_TIMEOUT_MS, default 65000, 1000–600000. */
  readonly keepAliveTimeoutMs: number
  /** Requests after which a connection is closed; 0 for no end. HUB_REQUESTS_PER_CONNECTION, default 100000. */
  readonly requestsPerConnection: number
  /** Most connections at the same time; further ones are dropped. HUB_CONNECTION_LIMIT, default 10000, 1–1000000. */
  readonly connectionLimit: number
  /** Most operations in one request; 1 refuses batches. HUB_BATCH_LIMIT, default 1, 1–100. */
  readonly batchLimit: number
}

export const defaultDoorConfig: DoorConfig = {
  allowedOrigins: [],
  trustedProxies: [],
  headersTimeoutMs: 5_000,
  receiveTimeoutMs: 15_000,
  keepAliveTimeoutMs: 65_000,
  requestsPerConnection: 100_000,
  connectionLimit: 10_000,
  batchLimit: 1,
}

/** Reads the door's part of the configuration. */
export function readDoorConfig(read: EnvReader): DoorConfig {
  const defaults = defaultDoorConfig
  return {
    allowedOrigins: read.list('HUB_ALLOWED_ORIGINS', { default: defaults.allowedOrigins }),
    trustedProxies: read.list('HUB_TRUSTED_PROXIES', { default: defaults.trustedProxies }),
    headersTimeoutMs: read.integer('HUB_HEADERS_TIMEOUT_MS', {
      default: defaults.headersTimeoutMs,
      min: 100,
      max: 60_000,
    }),
    receiveTimeoutMs: read.integer('HUB_RECEIVE_TIMEOUT_MS', {
      default: defaults.receiveTimeoutMs,
      min: 200,
      max: 120_000,
    }),
    keepAliveTimeoutMs: read.integer('HUB_KEEP_ALIVE_TIMEOUT_MS', {
      default: defaults.keepAliveTimeoutMs,
      min: 1_000,
      max: 600_000,
    }),
    requestsPerConnection: read.integer('HUB_REQUESTS_PER_CONNECTION', {
      default: defaults.requestsPerConnection,
      min: 0,
      max: 100_000_000,
    }),
    connectionLimit: read.integer('HUB_CONNECTION_LIMIT', {
      default: defaults.connectionLimit,
      min: 1,
      max: 1_000_000,
    }),
    batchLimit: read.integer('HUB_BATCH_LIMIT', {
      default: defaults.batchLimit,
      min: 1,
      max: 100,
    }),
  }
}
