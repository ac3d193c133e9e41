import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
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

// Fresh for a second, then served at once while it is fetched again.
const policies = {
  default: { ...longPolicy, maxTtlSeconds: 1, staleWhileRevalidateSeconds: 600 },
}
const page = '{ courseOfferings(first: 5) { nodes { id title } } }'
const size = 2
let members: ReadonlyMap<string, FakeMember>
const gateways: RunningGateway[] = []

beforeAll(async () => {
  const started = await startMembers(listMembers(size), policies)
  members = started.members
  const register = inOwnJurisdictions(started.register)
  const redis = { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map<string, string>() }
  for (let count = 0; count < 2; count += 1) {
    gateways.push(await startCachedGateway(register, { redis }))
  }
})

afterAll(async () => {
  for (const gateway of gateways) await gateway.stop()
  for (const member of members?.values() ?? []) await member.stop()
})

async function ask(index: number) {
  const { json } = await post(gateways[index % 2]?.url ?? '', { query: page })
  const outcomes: { outcome: string; ageSeconds?: number }[] = json.extensions.hub.members
  return { data: json.data, outcomes: outcomes.map(({ outcome }) => outcome) }
}

test('beyond its time a page is served at once, as stale, while one call to each member fetches it again', async () => {
  const first = await ask(0)
  await ask(1)
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const member of members.values()) {
    member.misbehave(async ({ answer, response }) => {
      await promise
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(await answer()))
    })
  }
  // From here on no member answers: whoever gets a page gets a kept one.
  await expect
    .poll(() => ask(0), { timeout: 10_000, interval: 100 })
    .toEqual({
      data: first.data,
      outcomes: ['stale', 'stale'],
    })
  const before = countCalls(members)
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => ask(index)))
  for (const answer of answers) expect(answer.data).toEqual(first.data)
  // Those of both gateways together, the one that the poll began included.
  expect(before).toBeLessThanOrEqual(2 * size)
  expect(countCalls(members)).toBeLessThanOrEqual(2 * size)
  for (const member of members.values()) member.misbehave(null)
  resolve()
  await expect
    .poll(() => ask(0), { timeout: 10_000, interval: 20 })
    .toEqual({ data: first.data, outcomes: ['ok', 'ok'] })
})
