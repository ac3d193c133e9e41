import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import type { MemberRegister } from '../../schema/index.js'
import { failing, type Misbehaviour, tampering } from '../fixtures/members/misbehaviours.js'
import { sendJson } from '../fixtures/members/send-json.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import {
  countCalls,
  inOwnJurisdictions,
  listMembers,
  longPolicy,
  post,
  purge,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

const page =
  '{ courseOfferings(first: 5) { totalCount nodes { id title institution { id name } } } }'
// Asked with a header that rules out whole kept answers, so that the members' parts are looked at.
const explained = { 'hub-cache': 'explain' }

const size = 5
let members: ReadonlyMap<string, FakeMember>
let register: MemberRegister
let gateway: RunningGateway
let callsBefore: number

beforeAll(async () => {
  ;({ members, register } = await startMembers(listMembers(size)))
})

beforeEach(async () => {
  gateway = await startCachedGateway(inOwnJurisdictions(register), { redis: redisPlaces() })
  callsBefore = countCalls(members)
})

afterEach(async () => {
  await gateway.stop()
  for (const member of members.values()) member.misbehave(null)
})

afterAll(async () => {
  for (const member of members.values()) await member.stop()
})

function redisPlaces() {
  return { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map<string, string>() }
}

function calls(): number {
  return countCalls(members) - callsBefore
}

/** Contract checks are answered honestly: a member that contradicts the contract would be left out. */
function unlessChecked(how: Misbehaviour): Misbehaviour {
  return async (misdeed) => {
    const isCheck = misdeed.asked.query.includes('_service')
    if (isCheck) sendJson(misdeed.response, await misdeed.answer())
    else await how(misdeed)
  }
}

async function ask(query: string, variables: Record<string, unknown> = {}) {
  const { json } = await post(gateway.url, { query, variables }, explained)
  return json
}

test('a page is made of what is kept once every member has been asked', async () => {
  const first = await ask(page)
  expect(calls()).toBe(size)
  const second = await ask(page)
  expect(calls()).toBe(size)
  expect(second.data).toEqual(first.data)
  expect(second.extensions.hub.cache).toHaveLength(size)
  expect(
    new Set(second.extensions.hub.cache.map((each: { status: string }) => each.status)),
  ).toEqual(new Set(['hit']))
})

test('all members warm but one that is purged cost one call', async () => {
  await ask(page)
  const purged = await purge(gateway.url, { member: 'mc' })
  expect(purged).toMatchObject({ status: 200, json: { status: 'done', scope: { member: 'mc' } } })
  await ask(page)
  expect(calls()).toBe(size + 1)
})

test('root fields asked together and apart, under any alias, are the same pages', async () => {
  await ask('{ courseOfferings(first: 2) { nodes { id } } institutions { name } }')
  expect(calls()).toBe(size)
  const apart = await ask('{ all: institutions { name } }')
  const other = await ask('{ page: courseOfferings(first: 2) { nodes { id } } }')
  expect(calls()).toBe(size)
  expect(apart.data.all).toHaveLength(size)
  expect(other.data.page.nodes).toHaveLength(2)
})

test('entities are kept one by one, those that do not exist as missing', async () => {
  const query =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on CourseOffering { id title } } }'
  const reps = (...ids: string[]) => ({
    r: ids.map((id) => ({ __typename: 'CourseOffering', id })),
  })
  const url = new URL('/subgraphs/catalogue', gateway.url).href
  const askEntities = async (...ids: string[]) =>
    (await post(url, { query, variables: reps(...ids) })).json.data._entities
  await askEntities('ma:offering:1', 'mb:offering:2', 'ma:offering:none')
  expect(calls()).toBe(2)
  const mixed = await askEntities('ma:offering:none', 'ma:offering:3', 'mb:offering:2')
  expect(mixed).toEqual([
    null,
    { id: 'ma:offering:3', title: 'ma course 3' },
    { id: 'mb:offering:2', title: 'mb course 2' },
  ])
  // Only the one entity that was not known is asked for.
  expect(calls()).toBe(3)
  expect(members.get('ma')?.requests.at(-1)?.variables).toEqual({
    _hub_representations__entities: [{ __typename: 'CourseOffering', id: 'ma:offering:3' }],
  })
})

test('behind the catalogue endpoint the same pages are kept, and the answer says for how long', async () => {
  const url = new URL('/subgraphs/catalogue', gateway.url).href
  const query = '{ courseOfferings(first: 5) { nodes { id } } }'
  const first = await post(url, { query })
  const second = await post(url, { query })
  expect(calls()).toBe(size)
  expect(second.json.data).toEqual(first.json.data)
  expect(second.headers['cache-control']).toMatch(/^max-age=(2\d\d|300), public$/)
})

test('a member that fails or is gone is stood in for by what is kept of it, and the answer says so', async () => {
  await gateway.stop()
  const policies = {
    default: { ...longPolicy, maxTtlSeconds: 1, staleWhileRevalidateSeconds: 0 },
  }
  const brief = inOwnJurisdictions({ ...register, policies })
  gateway = await startCachedGateway(brief, { redis: redisPlaces() })
  const fresh = await ask(page)
  members.get('md')?.misbehave(unlessChecked(failing))
  await members.get('me')?.kill()
  // Beyond their time, but within staleIfError.
  await vi.waitFor(
    async () => {
      const answer = await ask(page)
      const outcomes = new Map(
        answer.extensions.hub.members.map((each: { member: string }) => [each.member, each]),
      )
      expect(outcomes.get('md')).toMatchObject({ outcome: 'stale', ageSeconds: expect.any(Number) })
      expect(outcomes.get('me')).toMatchObject({ outcome: 'stale' })
      expect(answer.data).toEqual(fresh.data)
    },
    { timeout: 15_000, interval: 200 },
  )
  // A purge is stronger: what was purged does not come back.
  await purge(gateway.url, { member: 'me' })
  const after = await ask(page)
  await members.get('me')?.revive()
  expect(after.data.courseOfferings.totalCount).toBe((size - 1) * 30)
})

test('an answer that is not what was asked for is reported every time and never kept', async () => {
  const steal = tampering((data) =>
    JSON.parse(JSON.stringify(data).replaceAll('"mb:offering', '"ma:offering')),
  )
  members.get('mb')?.misbehave(unlessChecked(steal))
  for (let round = 1; round <= 2; round += 1) {
    const answer = await ask(page)
    expect(answer.extensions.hub.members).toContainEqual(
      expect.objectContaining({ member: 'mb', outcome: 'failed', code: 'FOREIGN_ID' }),
    )
  }
  members.get('mb')?.misbehave(null)
  const well = await ask(page)
  expect(well.data.courseOfferings.totalCount).toBe(size * 30)
})
