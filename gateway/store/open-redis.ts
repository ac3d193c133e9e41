import { Cluster, Redis } from 'ioredis'
import type { Logger } from '../../infra/runtime/index.js'

/** A connection to one Redis server or to a Redis Cluster; both take the same commands. */
export type RedisConnection = Redis | Cluster

export interface RedisConnectionOptions {
  /** `redis://` or `rediss://`; with `?cluster=true` a node of a Redis Cluster. */
  readonly url: string
  /** A command without an answer after this long has failed. */
  readonly timeoutMs: number
  /** For the log: which Redis this is. Never the URL, it holds a password. */
  readonly name: string
  readonly log: Logger
}

const connectTimeoutMs = 2_000
const longestReconnectMs = 1_000

/**
 * Opens a connection that fails fast: nothing is queued while there is no connection, and no command is sent twice. It
 * never rejects and keeps trying to connect. Commands of one turn of the event loop travel together.
 */
export function openRedis(options: RedisConnectionOptions): RedisConnection {
  const { name, log, timeoutMs } = options
  const url = new URL(options.url)
  const isCluster = url.searchParams.get('cluster') === 'true'
  url.search = ''
  const reconnect = (times: number): number => Math.min(50 * times, longestReconnectMs)
  const connection = {
    commandTimeout: timeoutMs,
    connectTimeout: connectTimeoutMs,
    maxRetriesPerRequest: 0,
    // What was sent and not answered may have been done; counters must not be raised twice.
    autoResendUnfulfilledCommands: false,
  }
  const redis = isCluster
    ? new Cluster([toNode(url)], {
        redisOptions: { ...connection, ...toCredentials(url) },
        enableOfflineQueue: false,
        enableAutoPipelining: true,
        clusterRetryStrategy: reconnect,
        slotsRefreshTimeout: connectTimeoutMs,
        slotsRefreshInterval: 2_000,
      })
    : new Redis(url.href, {
        ...connection,
        enableOfflineQueue: false,
        enableAutoPipelining: true,
        retryStrategy: reconnect,
      })
  let isDown = false
  // Without a listener ioredis writes to the console; of a series of failures the first is enough.
  redis.on('error', (error: Error) => {
    if (!isDown) log.warn('Redis does not answer', { redis: name, error: error.name })
    isDown = true
  })
  redis.on('ready', () => {
    if (isDown) log.info('Redis answers again', { redis: name })
    isDown = false
  })
  return redis
}

function toNode({ hostname, port }: URL): { host: string; port: number } {
  return { host: hostname, port: port === '' ? 6379 : Number(port) }
}

function toCredentials({ protocol, username, password }: URL) {
  return {
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
  }
}
