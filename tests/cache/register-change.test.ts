import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import type { MemberRegister } from '../../schema/index.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import {
  countCalls,
  inOwnJurisdictions,
  listMembers,
  longPolicy,
  post,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let members: ReadonlyMap<string, FakeMember>
let register: MemberRegister
let gateway: RunningGateway
let redis: Redis

beforeAll(async () => {
  const started = await startMembers(listMembers(2))
  members = started.members
  register = inOwnJurisdictions(started.register)
  gateway = await startCachedGateway(register, {
    redis: { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map() },
  })
  redis = new Redis(inject('redisUrl'))
})

afterAll(async () => {
  redis?.disconnect()
  await gateway?.stop()
  for (const member of members?.values() ?? []) await member.stop()
})

/** Asks while `ma` keeps its answer back, until it is let go. */
async function askHeldBack(query: string) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const before = countCalls(members)
  members.get('ma')?.misbehave(async ({ answer, response }) => {
    await promise
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(await answer()))
  })
  const asked = post(gateway.url, { query })
  await expect.poll(() => countCalls(members) - before, { timeout: 10_000 }).toBe(2)
  return async () => {
    members.get('ma')?.misbehave(null)
    resolve()
    return asked
  }
}

/** Keys in Redis with something of this member in them. */
async function keysOf(slug: string): Promise<readonly string[]> {
  const jurisdiction = register.members.find((member) => member.slug === slug)?.jurisdiction
  return redis.keys(`hub:*:${jurisdiction}:${slug}:*`)
}

test('an answer begun under another register is given to who asked, and is kept neither whole nor in parts', async () => {
  const query = '{ begunBefore: courseOfferings(first: 5) { nodes { id } } }'
  const letGo = await askHeldBack(query)
  const policies = { default: { ...longPolicy, maxTtlSeconds: 7 } }
  await gateway.applyRegister({ ...register, policies })
  const first = await letGo()
  expect(first.json.data.begunBefore.nodes).toHaveLength(5)
  const before = countCalls(members)
  const second = await post(gateway.url, { query })
  expect(countCalls(members) - before).toBe(2)
  const third = await post(gateway.url, { query })
  for (const { headers } of [second, third]) {
    expect(headers['cache-control']).toMatch(/^max-age=[4-7], public$/)
  }
  await gateway.applyRegister(register)
})

test('what may not be in a Redis any more by another register goes from it, and what is under way does not come', async () => {
  const query = '{ mustLeave: courseOfferings(first: 6) { nodes { id } } }'
  const kept = '{ isThere: courseOfferings(first: 5) { nodes { id title } } }'
  await post(gateway.url, { query: kept })
  await expect.poll(async () => (await keysOf('ma')).length, { timeout: 10_000 }).toBeGreaterThan(0)
  const letGo = await askHeldBack(query)
  const policies = { ...register.policies, home: { ...longPolicy, residency: 'local' as const } }
  const [ma, mb] = register.members
  if (ma === undefined || mb === undefined) throw new Error('no members')
  await gateway.applyRegister({ ...register, policies, members: [{ ...ma, policy: 'home' }, mb] })
  expect((await letGo()).json.data.mustLeave.nodes).toHaveLength(6)
  await expect.poll(() => keysOf('ma'), { timeout: 10_000 }).toEqual([])
  expect((await keysOf('mb')).length).toBeGreaterThan(0)
  const before = countCalls(members)
  await post(gateway.url, { query: kept })
  expect(countCalls(members) - before).toBe(1)
  expect(await keysOf('ma')).toEqual([])
  const metrics = await (await fetch(new URL('/metrics', gateway.url))).text()
  expect(metrics).toMatch(/^hub_cache_residency_violations_total 0$/m)
})
