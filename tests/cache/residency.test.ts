import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import { type RunningRedis, silentLogger, startRedis } from '../../infra/runtime/index.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import {
  countCalls,
  longPolicy,
  post,
  purge,
  rootDirectory,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

// Mexico's data may be kept in Mexico only. `tecmx` and `uax` share nothing but the gateway.
let alliance: RunningRedis
let mexico: RunningRedis
let members: ReadonlyMap<string, FakeMember>
let gateway: RunningGateway

beforeAll(async () => {
  const own = () =>
    startRedis({
      port: 0,
      cacheDirectory: `${rootDirectory}.cache`,
      searchPath: process.env.PATH ?? '',
      log: silentLogger,
    })
  ;[alliance, mexico] = await Promise.all([own(), own()])
  const started = await startMembers(
    [
      { slug: 'tecmx', jurisdiction: 'MX', policy: 'mexico' },
      { slug: 'uax', jurisdiction: 'NO' },
      { slug: 'silent', jurisdiction: 'SE', policy: 'none' },
    ],
    {
      default: longPolicy,
      mexico: { ...longPolicy, residency: 'local' },
      none: { ...longPolicy, residency: 'none' },
    },
  )
  members = started.members
  gateway = await startCachedGateway(started.register, {
    redis: {
      allianceUrl: alliance.url,
      urlsByJurisdiction: new Map([['MX', mexico.url]]),
    },
  })
}, 120_000)

afterAll(async () => {
  await gateway?.stop()
  for (const member of members.values()) await member.stop()
  await Promise.all([alliance, mexico].map((redis) => redis?.stop()))
})

/** Every key and value of a Redis. */
async function dump(url: string): Promise<readonly (readonly [key: string, value: string])[]> {
  const redis = new Redis(url)
  try {
    const keys = await redis.keys('*')
    return await Promise.all(keys.map(async (key) => [key, (await redis.get(key)) ?? ''] as const))
  } finally {
    redis.disconnect()
  }
}

const isGeneration = ([key]: readonly [string, string]): boolean => key.startsWith('gen:')

test('no byte of a member whose data stays in its country is in any other Redis', async () => {
  const questions = [
    '{ courseOfferings(first: 50) { totalCount nodes { id title } } }',
    '{ courseOffering(id: "tecmx:offering:3") { title } }',
    '{ institutions { name } }',
    '{ courseOfferings(first: 5, filter: { institutions: ["uax"] }) { nodes { title } } }',
  ]
  for (let round = 0; round < 3; round += 1) {
    for (const query of questions) {
      const { json } = await post(gateway.url, { query })
      expect(json.errors).toBeUndefined()
    }
  }
  const mexican = async () => (await dump(mexico.url)).length
  await expect.poll(mexican, { timeout: 10_000 }).toBeGreaterThanOrEqual(3)
  const elsewhere = (await dump(alliance.url)).filter((pair) => !isGeneration(pair))
  expect(elsewhere.length).toBeGreaterThan(2)
  for (const [key, value] of elsewhere) {
    expect(`${key} ${value}`).not.toMatch(/tecmx|silent/)
  }
  // Its own Redis has it, and nobody else's data.
  for (const [key, value] of await dump(mexico.url)) {
    expect(key).toMatch(/^hub:[\w.-]+:MX:tecmx:/)
    expect(value).not.toMatch(/uax|silent/)
  }
  const metrics = await (await fetch(new URL('/metrics', gateway.url))).text()
  expect(metrics).toContain('\nhub_cache_residency_violations_total 0\n')
})

test('what is kept there is served, what may be kept nowhere is fetched every time', async () => {
  const of = (slug: string) =>
    `{ courseOfferings(first: 3, filter: { institutions: ["${slug}"] }) { nodes { id } } }`
  for (const slug of ['tecmx', 'silent']) await post(gateway.url, { query: of(slug) })
  const before = countCalls(members)
  for (let round = 0; round < 3; round += 1) {
    for (const slug of ['tecmx', 'silent']) await post(gateway.url, { query: of(slug) })
  }
  expect(countCalls(members) - before).toBe(3)
})

test('a hard purge of the jurisdiction leaves nothing of it, and its receipt counts what was erased', async () => {
  const { json } = await purge(gateway.url, { jurisdiction: 'MX', hard: true })
  expect(json).toMatchObject({ status: 'done', isErasing: true })
  await expect.poll(() => dump(mexico.url), { timeout: 10_000 }).toEqual([])
  const url = new URL(`/admin/purge/${json.id}`, gateway.url)
  const headers = { authorization: 'Bearer purge' }
  const status = async () => (await fetch(url, { headers })).status
  await expect.poll(status, { timeout: 10_000 }).toBe(200)
  const receipt = (await (await fetch(url, { headers })).json()) as { erased: { MX: number } }
  expect(receipt.erased.MX).toBeGreaterThanOrEqual(3)
  // Without a log nobody else can say what it has erased.
  expect(receipt).toMatchObject({ coverage: 'thisProcess', waitingFor: [] })
})
