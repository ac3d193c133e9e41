import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { silentLogger, startEmbeddedPostgres, startRedis } from '../../infra/runtime/index.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of a superuser on a real Postgres; make a database of your own with `createTestDatabase`. */
    postgresUrl: string
    /** URL of a real Redis; keep to keys with a prefix of your own. */
    redisUrl: string
  }
}

/**
 * Starts the servers every suite shares: a fresh Postgres of this run's own, and Redis; DATABASE_URL and REDIS_URL
 * override them. There is no mock to fall back on: without them the run fails.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'hub-test-'))
  // As root, Postgres runs as another user, who has to pass through.
  await chmod(directory, 0o711)
  const postgres = process.env.DATABASE_URL
    ? undefined
    : startEmbeddedPostgres({
        dataDirectory: join(directory, 'postgres'),
        port: 0,
        log: silentLogger,
        durable: false,
      })
  const redis = process.env.REDIS_URL
    ? undefined
    : startRedis({
        port: 0,
        cacheDirectory: join(project.config.root, '.cache'),
        searchPath: process.env.PATH ?? '',
        log: silentLogger,
        onProgress: (step) => console.log(`redis: ${step}`),
      })
  const stop = async () => {
    for (const result of await Promise.allSettled([postgres, redis])) {
      if (result.status === 'fulfilled') await result.value?.stop()
    }
    await rm(directory, { recursive: true, force: true })
  }
  try {
    project.provide('postgresUrl', (await postgres)?.url ?? process.env.DATABASE_URL ?? '')
    project.provide('redisUrl', (await redis)?.url ?? process.env.REDIS_URL ?? '')
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}
