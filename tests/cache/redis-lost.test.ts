import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import {
  findFreePort,
  type RunningRedis,
  silentLogger,
  startRedis,
} from '../../infra/runtime/index.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import {
  countCalls,
  listMembers,
  longPolicy,
  post,
  rootDirectory,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

const windowMs = 6_000
const queries = Array.from(
  { length: 6 },
  (_, index) => `{ courseOfferings(first: ${index + 1}) { nodes { id } } }`,
)

let port: number
let password: string
let redis: RunningRedis
let members: ReadonlyMap<string, FakeMember>
const gateways: RunningGateway[] = []

async function openRedisHere(): Promise<RunningRedis> {
  return startRedis({
    port,
    cacheDirectory: `${rootDirectory}.cache`,
    searchPath: process.env.PATH ?? '',
    log: silentLogger,
    ...(password !== '' && { password }),
  })
}

beforeAll(async () => {
  port = await findFreePort()
  password = ''
  redis = await openRedisHere()
  password = new URL(redis.url).password
  const policy = { ...longPolicy, maxTtlSeconds: 2, staleWhileRevalidateSeconds: 30 }
  const started = await startMembers(listMembers(3), { default: policy })
  members = started.members
  for (let count = 0; count < 2; count += 1) {
    gateways.push(
      await startCachedGateway(started.register, {
        redis: { allianceUrl: redis.url, urlsByJurisdiction: new Map() },
        redisTimeoutMs: 200,
      }),
    )
  }
}, 120_000)

afterAll(async () => {
  for (const gateway of gateways) await gateway.stop()
  for (const member of members.values()) await member.stop()
  await redis?.stop()
})

/** Asks without a break for a while. @returns How often members were asked, and what went wrong. */
async function load(): Promise<{ calls: number; answers: number; faults: string[] }> {
  const before = countCalls(members)
  const endAt = performance.now() + windowMs
  const faults: string[] = []
  let answers = 0
  async function client(index: number): Promise<void> {
    for (let round = index; performance.now() < endAt; round += 1) {
      const url = gateways[round % gateways.length]?.url ?? ''
      const { status, json } = await post(url, { query: queries[round % queries.length] })
      answers += 1
      const failed = json.extensions?.hub.members.filter(
        ({ outcome }: { outcome: string }) => outcome !== 'ok' && outcome !== 'stale',
      )
      if (status !== 200 || json.errors !== undefined || failed?.length > 0) {
        faults.push(JSON.stringify(json).slice(0, 300))
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  await Promise.all([0, 1, 2, 3].map(client))
  return { calls: countCalls(members) - before, answers, faults }
}

async function readReadiness(): Promise<readonly unknown[]> {
  const answer = await fetch(new URL('/readyz', gateways[0]?.url))
  const { status, cache } = (await answer.json()) as { status: string; cache: string }
  return [answer.status, status, cache]
}

test('a Redis that is killed under load and comes back empty costs no error and no flood at the members', async () => {
  await load()
  const normal = await load()
  await redis.stop()
  const without = await load()
  expect(await readReadiness()).toEqual([200, 'degraded', 'degraded'])
  redis = await openRedisHere()
  const after = await load()
  for (const { faults, answers } of [normal, without, after]) {
    expect(faults).toEqual([])
    expect(answers).toBeGreaterThan(50)
  }
  expect(normal.calls).toBeGreaterThan(0)
  expect(without.calls).toBeLessThanOrEqual(normal.calls * 1.5)
  // Both gateways keep what they have in memory; the new Redis is filled by the same refreshes as ever.
  expect(after.calls).toBeLessThanOrEqual(normal.calls * 1.5)
  const ready = [200, 'ready', 'ready']
  await vi.waitFor(async () => expect(await readReadiness()).toEqual(ready), { timeout: 30_000 })
}, 120_000)
