import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import { slow } from '../fixtures/members/misbehaviours.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import {
  countCalls,
  inOwnJurisdictions,
  listMembers,
  post,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

const size = 4
let members: ReadonlyMap<string, FakeMember>
const gateways: RunningGateway[] = []

beforeAll(async () => {
  const started = await startMembers(listMembers(size))
  members = started.members
  const register = inOwnJurisdictions(started.register)
  const redis = { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map<string, string>() }
  for (let count = 0; count < 2; count += 1) {
    gateways.push(await startCachedGateway(register, { redis, queueLimit: 2_000 }))
  }
}, 120_000)

afterAll(async () => {
  for (const gateway of gateways) await gateway.stop()
  for (const member of members.values()) await member.stop()
})

test('a thousand concurrent cold requests at two gateways cost one call to each member', async () => {
  // Slow enough that all of them come while the first call is under way.
  for (const member of members.values()) member.misbehave(slow(400))
  const before = countCalls(members)
  const query = '{ courseOfferings(first: 7) { nodes { id title } } }'
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) =>
      post(gateways[index % 2]?.url ?? '', { query }).then(({ json }) => json),
    ),
  )
  const [first] = answers
  expect(first.data.courseOfferings.nodes).toHaveLength(7)
  for (const answer of answers) {
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toEqual(first.data)
  }
  expect(countCalls(members) - before).toBe(size)
}, 120_000)
