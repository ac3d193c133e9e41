import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import type { Misdeed } from '../fixtures/members/misbehaviours.js'
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

// What a member says about its own answer, in HTTP, within what contract (300 s) and jurisdiction (200 s) allow.
let members: ReadonlyMap<string, FakeMember>
let gateway: RunningGateway
let size = 0

beforeAll(async () => {
  const policies = { default: { ...longPolicy, maxTtlSeconds: 200 } }
  const started = await startMembers(listMembers(1), policies)
  members = started.members
  gateway = await startCachedGateway(inOwnJurisdictions(started.register), {
    redis: { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map() },
  })
}, 60_000)

afterAll(async () => {
  await gateway?.stop()
  for (const member of members?.values() ?? []) await member.stop()
})

/** The member answers honestly, with these headers. */
function sayHeaders(headers: Readonly<Record<string, string>>): void {
  members.get('ma')?.misbehave(async ({ answer, response }: Misdeed) => {
    const body = JSON.stringify(await answer())
    response.writeHead(200, { 'content-type': 'application/json', ...headers })
    response.end(body)
  })
}

/** Asks three times for what nobody has asked for yet. */
async function askThrice(path: string) {
  size += 1
  const url = new URL(path, gateway.url).href
  const query = `{ courseOfferings(first: ${size}) { nodes { id startDate } } }`
  const before = countCalls(members)
  for (let time = 0; time < 2; time += 1) await post(url, { query })
  const { headers } = await post(url, { query })
  return { calls: countCalls(members) - before, cacheControl: headers['cache-control'] ?? '' }
}

describe.each(['/graphql', '/subgraphs/catalogue'])('an answer behind %s', (path) => {
  test.each([
    ['the member’s time', { 'cache-control': 'max-age=50' }, 50],
    ['what is left of it', { 'cache-control': 'max-age=100', age: '70' }, 30],
    ['its time for shared caches', { 'cache-control': 'max-age=90, s-maxage=40' }, 40],
    [
      'the jurisdiction’s time, when the member says more',
      { 'cache-control': 'max-age=9999' },
      200,
    ],
    ['the jurisdiction’s time, when the member says nothing', {}, 200],
  ])('is kept for %s', async (_what, headers, seconds) => {
    sayHeaders(headers)
    const { calls, cacheControl } = await askThrice(path)
    expect(calls).toBe(1)
    const maxAge = Number(/^max-age=(\d+), public$/.exec(cacheControl)?.[1])
    expect(maxAge).toBeLessThanOrEqual(seconds)
    // A tenth either way, and a slow machine.
    expect(maxAge).toBeGreaterThan(seconds * 0.8 - 15)
  })

  test.each(['no-store', 'private, max-age=60', 'no-cache', 'max-age=0'])(
    'of which the member says %s is kept by nobody',
    async (value) => {
      sayHeaders({ 'cache-control': value })
      expect(await askThrice(path)).toEqual({ calls: 3, cacheControl: 'no-store' })
    },
  )
})
