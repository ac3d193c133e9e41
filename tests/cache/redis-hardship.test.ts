import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import { type RunningRedis, silentLogger, startRedis } from '../../infra/runtime/index.js'
import type { MemberRegister } from '../../schema/index.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import { createTestCluster, type TestCluster } from '../setup/test-cluster.js'
import {
  countCalls,
  inOwnJurisdictions,
  listMembers,
  post,
  purge,
  rootDirectory,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

let server: RunningRedis
let redis: Redis
let postgres: TestCluster
let members: ReadonlyMap<string, FakeMember>
let register: MemberRegister
let gateway: RunningGateway
let size = 0

beforeAll(async () => {
  ;[server, postgres] = await Promise.all([
    startRedis({
      port: 0,
      cacheDirectory: `${rootDirectory}.cache`,
      searchPath: process.env.PATH ?? '',
      log: silentLogger,
    }),
    createTestCluster(),
  ])
  redis = new Redis(server.url)
  redis.on('error', () => {})
  const started = await startMembers(listMembers(2))
  members = started.members
  register = inOwnJurisdictions(started.register)
  gateway = await open({ databaseUrl: postgres.url })
}, 120_000)

afterAll(async () => {
  redis?.disconnect()
  await gateway?.stop()
  await Promise.all([server?.stop(), postgres?.drop()])
  for (const member of members?.values() ?? []) await member.stop()
}, 60_000)

beforeEach(() => {
  size += 1
})

function open(config: Parameters<typeof startCachedGateway>[1]): Promise<RunningGateway> {
  return startCachedGateway(register, {
    redis: { allianceUrl: server.url, urlsByJurisdiction: new Map() },
    redisTimeoutMs: 100,
    ...config,
  })
}

/** A page nobody has asked for in another test. @returns Its rows and how often members were asked. */
async function ask(url = gateway.url) {
  const before = countCalls(members)
  const query = `{ courseOfferings(first: ${size}) { nodes { id } } }`
  const { status, json } = await post(url, { query })
  expect([status, json.errors]).toEqual([200, undefined])
  return { rows: json.data.courseOfferings.nodes.length, calls: countCalls(members) - before }
}

test('a Redis that does not answer holds up no request for long', async () => {
  await ask()
  await redis.call('CLIENT', 'PAUSE', '4000', 'ALL')
  const startedAt = performance.now()
  expect(await ask()).toEqual({ rows: size, calls: 0 })
  size += 1
  expect(await ask()).toEqual({ rows: size, calls: 2 })
  expect(performance.now() - startedAt).toBeLessThan(3_000)
  await redis.call('CLIENT', 'UNPAUSE')
}, 60_000)

test('a Redis that is full takes nothing more, and the gateway keeps it in memory', async () => {
  await redis.call('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
  await redis.call('CONFIG', 'SET', 'maxmemory', '1')
  expect(await ask()).toEqual({ rows: size, calls: 2 })
  expect(await ask()).toEqual({ rows: size, calls: 0 })
  const metrics = async () => (await fetch(new URL('/metrics', gateway.url))).text()
  await expect.poll(metrics, { timeout: 10_000 }).toMatch(/\nhub_cache_redis_failures_total [1-9]/)
  await redis.call('CONFIG', 'SET', 'maxmemory', '0')
  await redis.call('CONFIG', 'SET', 'maxmemory-policy', 'volatile-lru')
}, 60_000)

test('a Redis that is emptied gives nothing back that was purged before', async () => {
  await ask()
  const { json: first } = await purge(gateway.url, { member: 'ma' })
  await redis.flushall()
  const { json: second } = await purge(gateway.url, { member: 'ma' })
  const [name = ''] = Object.keys(first.generations)
  expect(second.generations[name]).toBeGreaterThan(first.generations[name])
  expect(await ask()).toEqual({ rows: size, calls: 1 })
}, 60_000)

test('a purge without Redis is accepted into the log and holds; without a log, too, it is refused', async () => {
  const alone = await open({})
  await ask()
  const callsAlone = async () => (await ask(alone.url)).calls
  await expect.poll(callsAlone, { timeout: 10_000 }).toBe(0)
  await server.stop()
  const accepted = await purge(gateway.url, { member: 'ma' })
  expect(accepted).toMatchObject({
    status: 202,
    json: { status: 'accepted', propagation: { isPublished: false, isLogged: true } },
  })
  expect((await ask()).calls).toBe(1)
  const refused = await purge(alone.url, { member: 'ma' })
  expect(refused).toMatchObject({
    status: 503,
    json: { errors: [{ extensions: { code: 'PURGE_UNAVAILABLE' } }] },
  })
  expect(await callsAlone()).toBe(0)
  await alone.stop()
}, 60_000)
