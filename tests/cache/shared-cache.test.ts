import { createHash } from 'node:crypto'
import { Agent, cacheStores, type Dispatcher, interceptors } from 'undici'
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import {
  inOwnJurisdictions,
  listMembers,
  longPolicy,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

// A content delivery network as RFC 9111 has it, a shared cache, stands between the clients and the gateway.
const query = '{ behindCdn: courseOfferings(first: 3) { nodes { id title } } }'
const extensions = JSON.stringify({
  persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
})

let members: ReadonlyMap<string, FakeMember>
let gateway: RunningGateway
/** What it keeps is fresh for two seconds. */
let briefGateway: RunningGateway
let cdn: Dispatcher
let forwarded: { readonly headers: Record<string, unknown>; status?: number }[]

beforeAll(async () => {
  const started = await startMembers(listMembers(2))
  members = started.members
  const redis = { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map<string, string>() }
  gateway = await startCachedGateway(inOwnJurisdictions(started.register), { redis })
  const policies = { default: { ...longPolicy, maxTtlSeconds: 2, staleWhileRevalidateSeconds: 0 } }
  const brief = inOwnJurisdictions({ ...started.register, policies })
  briefGateway = await startCachedGateway(brief, { redis })
}, 60_000)

afterAll(async () => {
  await gateway?.stop()
  await briefGateway?.stop()
  for (const member of members?.values() ?? []) await member.stop()
})

beforeEach(() => {
  forwarded = []
  const counting: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
    forwarded.push({ headers: { ...(options.headers as Record<string, unknown>) } })
    return dispatch(options, handler)
  }
  cdn = new Agent().compose([
    counting,
    interceptors.cache({ type: 'shared', store: new cacheStores.MemoryCacheStore() }),
  ])
})

async function get(headers: Record<string, string> = {}, isText = false) {
  const parameters = new URLSearchParams({ extensions, ...(isText && { query }) })
  const url = new URL(`${gateway.url}?${parameters}`)
  const answer = await cdn.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: 'GET',
    headers: { 'apollo-require-preflight': 'yes', accept: 'application/json', ...headers },
  })
  const text = await answer.body.text()
  return { status: answer.statusCode, headers: answer.headers, text }
}

/** Asks until the gateway's whole answer may be kept: not the first, at which members may still be looked at. */
async function warm(headers: Record<string, string> = {}) {
  await get(headers, true)
  return vi.waitFor(
    async () => {
      const answer = await get(headers)
      expect(answer.headers['cache-control']).toMatch(/^max-age=\d+, public$/)
      return answer
    },
    { timeout: 10_000, interval: 50 },
  )
}

test('answers everybody from a shared cache, each form of the answer from its own', async () => {
  const json = await warm()
  const before = forwarded.length
  expect((await get()).text).toBe(json.text)
  expect(forwarded.length).toBe(before)
  const response = await warm({ accept: 'application/graphql-response+json' })
  expect(response.headers['content-type']).toContain('graphql-response+json')
  expect(forwarded.length).toBeGreaterThan(before)
  expect((await get()).headers['content-type']).toContain('application/json')
})

test('gives nobody what somebody with a token got, and the other way round', async () => {
  await warm()
  const before = forwarded.length
  for (const who of ['Bearer one', 'Bearer two']) {
    const personal = await get({ authorization: who })
    expect(personal.headers['cache-control']).toBe('no-store')
  }
  expect(forwarded.length).toBe(before + 2)
})

test('keeps answers for other origins apart, because their permissions differ', async () => {
  await warm()
  const before = forwarded.length
  const foreign = await get({ origin: 'http://localhost:5173' })
  expect(foreign.headers['access-control-allow-origin']).toBe('http://localhost:5173')
  expect(forwarded.length).toBe(before + 1)
  expect((await get()).headers['access-control-allow-origin']).toBeUndefined()
})

test('is told 304 when its answer is too old but the data are the same', async () => {
  const parameters = new URLSearchParams({ extensions, query })
  const ask = (headers: Record<string, string>) =>
    fetch(`${briefGateway.url}?${parameters}`, {
      headers: { 'apollo-require-preflight': 'yes', accept: 'application/json', ...headers },
    })
  let etag = ''
  await vi.waitFor(
    async () => {
      const answer = await ask({})
      expect(answer.headers.get('cache-control')).toMatch(/public/)
      etag = answer.headers.get('etag') ?? ''
    },
    { timeout: 10_000, interval: 50 },
  )
  // Longer than anything is fresh: all of it has to be fetched anew.
  const storedAt = Date.now()
  await vi.waitFor(() => expect(Date.now() - storedAt).toBeGreaterThan(2_500), { timeout: 10_000 })
  const callsBefore = members.get('ma')?.requests.length ?? 0
  const again = await ask({ 'if-none-match': etag })
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect(members.get('ma')?.requests.length).toBeGreaterThan(callsBefore)
  const other = await ask({ 'if-none-match': '"other"' })
  expect([other.status, other.headers.get('etag')]).toEqual([200, etag])
})
