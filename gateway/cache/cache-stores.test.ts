import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { type RunningCluster, startRedisCluster } from '../../tests/cache/redis-cluster.fixture.js'
import { openRedis, type RedisConnection } from '../store/open-redis.js'
import type { CacheStore } from './cache-store.js'
import { toCacheEntry } from './domain/cache-entry.js'
import { createMemoryStore } from './memory-store.js'
import { createRedisGuard } from './redis-guard.js'
import { createRedisStore } from './redis-store.js'

// One suite for every place: what holds for memory holds for a Redis and for a cluster.
let cluster: RunningCluster
const connections: RedisConnection[] = []
const schema = randomBytes(4).toString('hex')
const now = Date.now

beforeAll(async () => {
  cluster = await startRedisCluster()
}, 60_000)

afterAll(async () => {
  for (const connection of connections) connection.disconnect()
  await cluster?.stop()
})

async function openStore(url: string): Promise<CacheStore> {
  const redis = openRedis({ url, timeoutMs: 2_000, name: 'test', log: silentLogger })
  connections.push(redis)
  await new Promise((resolve) => redis.once('ready', resolve))
  return createRedisStore({
    redis,
    guard: createRedisGuard({ timeoutMs: 2_000, now: () => performance.now() }),
    now,
  })
}

const places: readonly (readonly [string, () => Promise<CacheStore>])[] = [
  ['memory', async () => createMemoryStore({ maximumBytes: 10_000_000, now })],
  ['one Redis', () => openStore(inject('redisUrl'))],
  ['a Redis Cluster', () => openStore(cluster.url)],
]

describe.each(places)('entries in %s', (_name, open) => {
  let store: CacheStore
  beforeAll(async () => {
    store = await open()
  }, 30_000)

  const key = (rest: string): string => `hub:${schema}:${rest}`
  const entryOf = (value: unknown, seconds = 60) =>
    toCacheEntry(
      { value, bytes: JSON.stringify(value).length, isMissing: value === null, costMs: 3 },
      { freshSeconds: seconds, staleWhileRevalidateSeconds: 0, staleIfErrorSeconds: 0 },
      now(),
      0.5,
    )

  test('are read as they were written, missing things too, and nothing else is there', async () => {
    const entry = entryOf({ ü: [1, null, { '': 'x\ny' }] })
    await store.write(key('NO:uis:g1:a'), entry)
    await store.write(key('NO:uis:g1:b'), entryOf(null))
    expect(await store.read(key('NO:uis:g1:a'))).toEqual(entry)
    expect(await store.read(key('NO:uis:g1:b'))).toMatchObject({ value: null, isMissing: true })
    expect(await store.read(key('NO:uis:g2:a'))).toBeUndefined()
  })

  test('are gone when their time is over', async () => {
    await store.write(key('NO:uis:g1:short'), entryOf('x', 0.2))
    await expect.poll(() => store.read(key('NO:uis:g1:short')), { timeout: 5_000 }).toBeUndefined()
  })

  test('are locked by one at a time, and given back only by who has the lock', async () => {
    const name = key('NO:uis:g1:lock')
    const first = await store.lock(name, 10_000)
    expect(first).toBeTypeOf('function')
    expect(await store.lock(name, 10_000)).toBeUndefined()
    await first?.()
    const second = await store.lock(name, 10_000)
    expect(second).toBeTypeOf('function')
    await first?.()
    expect(await store.lock(name, 10_000)).toBeUndefined()
    await second?.()
  })

  test('are swept by member and by jurisdiction, and no other is touched', async () => {
    // A sweep goes over every schema, and other suites use the same Redis: a place of this suite's own.
    const here = `X${schema}`
    const places = [
      `${here}:tec:g1:a`,
      `${here}:tec:g2:b`,
      `${here}:other:g1:a`,
      `N${schema}:tec:g1:a`,
    ]
    const names = places.map(key)
    for (const name of names) await store.write(name, entryOf('x'))
    expect(await store.sweep({ jurisdiction: here, member: 'tec' })).toBe(2)
    const left = await Promise.all(names.map((name) => store.read(name)))
    expect(left.map((entry) => entry !== undefined)).toEqual([false, false, true, true])
    expect(await store.sweep({ jurisdiction: here, member: null })).toBe(1)
  })
})
