import { createHash } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import { silentLogger } from '../../infra/runtime/index.js'
import type { MemberRegister } from '../../schema/index.js'
import { tellHub } from '../../subgraphs/catalogue/index.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import {
  countCalls,
  inOwnJurisdictions,
  listMembers,
  post,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

let members: ReadonlyMap<string, FakeMember>
let gateway: RunningGateway
let register: MemberRegister
const keys = new Map<string, JWK>()

beforeAll(async () => {
  const started = await startMembers(listMembers(2))
  members = started.members
  const own = inOwnJurisdictions(started.register)
  const signing = await Promise.all(
    own.members.map(async (member) => {
      const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
      const key = await exportJWK(pair.privateKey)
      keys.set(member.slug, key)
      const webhookKeys = [{ kty: 'OKP' as const, crv: 'Ed25519' as const, x: key.x ?? '' }]
      return { ...member, webhookKeys }
    }),
  )
  register = { ...own, members: signing }
  gateway = await startCachedGateway(register, {
    redis: { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map() },
  })
}, 60_000)

afterAll(async () => {
  await gateway?.stop()
  for (const member of members.values()) await member.stop()
})

const page = '{ courseOfferings(first: 4) { nodes { id } } }'

test('an answer says how long it may be kept, is the same when kept, and 304 to who has it', async () => {
  await post(gateway.url, { query: page })
  const made = await post(gateway.url, { query: page })
  const kept = await post(gateway.url, { query: page })
  expect(kept.text).toBe(made.text)
  expect(kept.headers).toMatchObject({
    'cache-control': expect.stringMatching(/^max-age=(2\d\d|300), public$/),
    etag: expect.stringMatching(/^"[\w-]+"$/),
    vary: 'Accept, Authorization, Origin',
    age: expect.stringMatching(/^\d+$/),
  })
  const headers = { 'content-type': 'application/json', 'if-none-match': kept.headers.etag ?? '' }
  const body = JSON.stringify({ query: page })
  const again = await fetch(gateway.url, { method: 'POST', headers, body })
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect(countCalls(members)).toBe(2)
})

test('an answer with errors, and one to somebody, are nobody else’s', async () => {
  const faulty = await post(gateway.url, { query: '{ courseOffering(id: "nothing") { id } }' })
  expect(faulty.headers['cache-control']).toBe('no-store')
  const personal = await post(gateway.url, { query: page }, { authorization: 'Bearer x' })
  expect(personal.headers['cache-control']).toBe('no-store')
})

function get(parameters: Record<string, string>): Promise<Response> {
  const url = `${gateway.url}?${new URLSearchParams(parameters)}`
  return fetch(url, { headers: { 'apollo-require-preflight': 'yes' } })
}

test('a GET by the hash of a known operation is kept, and a hash never answers for another operation', async () => {
  const query = '{ courseOfferings(first: 3) { nodes { id } } }'
  const sha256Hash = createHash('sha256').update(query).digest('hex')
  const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash } })
  expect(await (await get({ extensions })).text()).toContain('PERSISTED_QUERY_NOT_FOUND')
  const wrong = await get({ extensions, query: page })
  expect(wrong.status).toBe(400)
  expect(await (await get({ extensions })).text()).toContain('PERSISTED_QUERY_NOT_FOUND')
  const first = await get({ extensions, query })
  expect(first.status).toBe(200)
  const bodies = [await get({ extensions }), await get({ extensions })]
  for (const answer of bodies) {
    expect(answer.headers.get('cache-control')).toMatch(/^max-age=\d+, public$/)
    const { data } = (await answer.json()) as { data: { courseOfferings: { nodes: unknown[] } } }
    expect(data.courseOfferings.nodes).toHaveLength(3)
  }
})

test('another register’s whole answers do not count, at this gateway or from Redis', async () => {
  const query = '{ editions: courseOfferings(first: 50) { totalCount } }'
  const count = async () => (await post(gateway.url, { query })).json.data.editions.totalCount
  for (let time = 0; time < 3; time += 1) expect(await count()).toBe(60)
  await gateway.applyRegister({ ...register, members: register.members.slice(0, 1) })
  expect(await count()).toBe(30)
  await gateway.applyRegister(register)
  await expect.poll(count, { timeout: 20_000 }).toBe(60)
})

test('a member’s sync purges its own answers through a signed message, and nobody else’s', async () => {
  await post(gateway.url, { query: page })
  const before = countCalls(members)
  const report = { member: 'ma', added: 1, changed: 0, withdrawn: 0 } as Parameters<
    typeof tellHub
  >[1]
  const url = new URL('/webhooks/sync', gateway.url).href
  const key = keys.get('ma')
  if (key === undefined) throw new Error('no key')
  // Signed by another member: refused.
  await tellHub({ url, key: keys.get('mb') ?? {} }, report, silentLogger)
  await post(gateway.url, { query: page })
  expect(countCalls(members) - before).toBe(0)
  await tellHub({ url, key }, report, silentLogger)
  await post(gateway.url, { query: page })
  expect(countCalls(members) - before).toBe(1)
})
