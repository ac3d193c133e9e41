import { join } from 'node:path'
import { MikroORM } from '@mikro-orm/postgresql'
import { Redis } from 'ioredis'
import {
  chooseStateDirectory,
  type Lifecycle,
  type Logger,
  RuntimeFailure,
  startEmbeddedPostgres,
  startRedis,
} from '../runtime/index.js'
import type { LaunchConfig } from './config.js'
import type { Progress } from './progress.js'

export interface StoreUrls {
  /** Postgres server; every subgraph makes a database of its own on it. */
  readonly databaseUrl: string
  readonly redisUrl: string
}

interface StoreDeps {
  readonly lifecycle: Lifecycle
  readonly progress: Progress
  readonly log: Logger
}

const reachTimeoutMs = 5_000

/**
 * Brings up Postgres and Redis at the same time, or checks that the given ones answer.
 *
 * @throws RuntimeFailure `DATABASE_UNAVAILABLE`, `REDIS_UNAVAILABLE` or `PORT_TAKEN`.
 */
export async function startStores(config: LaunchConfig, deps: StoreDeps): Promise<StoreUrls> {
  // Settled, not all: when one fails the other still has to be known to the lifecycle, so that it is stopped.
  const [database, redis] = await Promise.allSettled([
    startDatabase(config, deps),
    startCache(config, deps),
  ])
  if (database.status === 'rejected') throw database.reason
  if (redis.status === 'rejected') throw redis.reason
  return { databaseUrl: database.value, redisUrl: redis.value }
}

async function startDatabase(config: LaunchConfig, deps: StoreDeps): Promise<string> {
  const { databaseUrl } = config
  if (databaseUrl !== undefined) {
    await deps.progress.step(
      'database',
      () => reachDatabase(databaseUrl),
      () => `Postgres of DATABASE_URL (${new URL(databaseUrl).host})`,
    )
    return databaseUrl
  }
  const state = config.stateDirectory ?? (await chooseStateDirectory(config.rootDirectory))
  const server = await deps.progress.step(
    'database',
    (note) =>
      startEmbeddedPostgres({
        dataDirectory: join(state, 'postgres'),
        port: config.postgresPort,
        log: deps.log,
        onProgress: note,
      }),
    ({ port }) => `embedded Postgres on port ${port}`,
  )
  await deps.lifecycle.own('Postgres', server.stop, 15_000)
  return server.url
}

async function startCache(config: LaunchConfig, deps: StoreDeps): Promise<string> {
  const { redisUrl } = config
  if (redisUrl !== undefined) {
    await deps.progress.step(
      'redis',
      () => reachRedis(redisUrl),
      () => `Redis of REDIS_URL (${new URL(redisUrl).host})`,
    )
    return redisUrl
  }
  const server = await deps.progress.step(
    'redis',
    (note) =>
      startRedis({
        port: config.redisPort,
        cacheDirectory: join(config.rootDirectory, '.cache'),
        searchPath: config.searchPath,
        log: deps.log,
        onProgress: note,
      }),
    ({ port }) => `our own Redis on port ${port}`,
  )
  await deps.lifecycle.own('Redis', server.stop)
  return server.url
}

async function reachDatabase(url: string): Promise<void> {
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: 1 },
    driverOptions: { connectionTimeoutMillis: reachTimeoutMs },
  })
  try {
    await orm.em.getConnection().execute('select 1')
  } catch (cause) {
    throw new RuntimeFailure(
      'DATABASE_UNAVAILABLE',
      `the Postgres of DATABASE_URL (${new URL(url).host}) does not answer: ${describe(cause)}`,
      cause,
    )
  } finally {
    await orm.close(true)
  }
}

async function reachRedis(url: string): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: reachTimeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  let lastError: unknown
  client.on('error', (error) => {
    lastError = error
  })
  try {
    await client.connect()
    await client.ping()
  } catch (cause) {
    throw new RuntimeFailure(
      'REDIS_UNAVAILABLE',
      `the Redis of REDIS_URL (${new URL(url).host}) does not answer: ${describe(lastError ?? cause)}`,
      cause,
    )
  } finally {
    client.disconnect()
  }
}

function describe(error: unknown): string {
  const text = error instanceof Error ? error.message || String(error) : String(error)
  return text.split('\n').join(' ').trim()
}
