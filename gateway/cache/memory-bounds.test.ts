import { Redis } from 'ioredis'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningRedis, silentLogger, startRedis } from '../../infra/runtime/index.js'
import { catalogueSdl, longPolicy, rootDirectory } from '../../tests/cache/start-cached-gateway.js'
import { defaultGatewayConfig } from '../config.js'
import { hashText } from './domain/cache-key.js'
import { openCache } from './open-cache.js'
import { createGenerationNames, type Question } from './question.js'

/** HUB_CACHE_SCAN=1000000 is the size the cache is built for; the suite takes a smaller one. */
const questionCount = Number(process.env.HUB_CACHE_SCAN ?? 10_000)
const memoryBytes = 4_000_000
const valueLength = 2_000

let redis: RunningRedis

beforeAll(async () => {
  redis = await startRedis({
    port: 0,
    cacheDirectory: `${rootDirectory}.cache`,
    searchPath: process.env.PATH ?? '',
    log: silentLogger,
  })
})

afterAll(() => redis.stop())

test(`a scan of ${questionCount} distinct queries stays within the bounds, and no key is without an end`, async () => {
  const registry = new Registry()
  const cache = openCache({
    register: { version: 'x', sources: {}, policies: { default: longPolicy }, members: [] },
    catalogueSdl,
    contracts: new Map(),
    database: undefined,
    config: {
      ...defaultGatewayConfig,
      redis: { allianceUrl: redis.url, urlsByJurisdiction: new Map() },
      cacheMemoryBytes: memoryBytes * 2,
      redisTimeoutMs: 5_000,
    },
    registry,
    log: silentLogger,
  })
  const client = new Redis(redis.url)
  const facts = cache.owners.ofAlliance()
  const subscribers = async () => (await client.pubsub('NUMSUB', 'hub:purge'))[1]
  await expect.poll(subscribers, { timeout: 20_000 }).toBe(1)
  const rule = { maxAgeSeconds: 300, isPrivate: false, types: ['Thing'] }
  const generationNames = createGenerationNames()(facts.owner, rule)
  const shared = { ...facts, rule, generationNames, subject: 'Query.scan' }
  const toQuestion = (index: number): Question => ({
    ...{ ...shared, selectionHash: hashText('{ id }'), varyHash: hashText('') },
    askedHash: hashText(`{"n":${index}}`),
  })
  let most = 0
  const batch = 500
  for (let index = 0; index < questionCount; index += batch) {
    const questions = Array.from({ length: batch }, (_, offset) => toQuestion(index + offset))
    const fetch = async (indices: readonly number[]) =>
      indices.map((each) => ({
        value: `${index + each}`.padEnd(valueLength, 'x'),
        ...{ errors: [], freshness: undefined, isSound: true },
      }))
    await cache.answers.answer(questions, fetch, {
      deadlineAt: performance.now() + 60_000,
      log: undefined,
    })
    const text = await registry.getSingleMetricAsString('hub_cache_memory_bytes')
    most = Math.max(most, Number(/^hub_cache_memory_bytes (\d+)/m.exec(text)?.[1]))
  }
  expect(most).toBeGreaterThan(memoryBytes / 2)
  expect(most).toBeLessThanOrEqual(memoryBytes)

  const info = await client.info('memory')
  const read = (name: string) => Number(new RegExp(`${name}:(\\d+)`).exec(info)?.[1])
  expect(read('used_memory')).toBeLessThanOrEqual(read('maxmemory') * 1.02)
  const endless: string[] = []
  let kept = 0
  for await (const keys of client.scanStream({ count: 1_000 })) {
    const ends = await Promise.all((keys as string[]).map((key) => client.pttl(key)))
    for (const [index, end] of ends.entries()) {
      kept += 1
      if (end === -1) endless.push((keys as string[])[index] ?? '')
    }
  }
  expect(kept).toBeGreaterThan(1_000)
  expect(endless.filter((key) => !key.startsWith('gen:'))).toEqual([])
  expect(endless.length).toBeGreaterThan(0)
  client.disconnect()
  await cache.close()
}, 1_800_000)
