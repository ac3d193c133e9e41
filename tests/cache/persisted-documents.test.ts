import { createHash } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import {
  inOwnJurisdictions,
  listMembers,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const weekSeconds = 604_800
// Operations of this suite alone: the Redis is everybody's.
const own = `suite${process.pid}x${Date.now()}`
const trusted = `query Trusted { ${own}: courseOfferings(first: 2) { nodes { id } } }`

let members: ReadonlyMap<string, FakeMember>
let redis: Redis
const gateways: RunningGateway[] = []

beforeAll(async () => {
  const started = await startMembers(listMembers(1))
  members = started.members
  redis = new Redis(inject('redisUrl'))
  const register = inOwnJurisdictions(started.register)
  const config = { redis: { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map() } }
  for (let count = 0; count < 2; count += 1) {
    gateways.push(await startCachedGateway(register, config))
  }
}, 60_000)

afterAll(async () => {
  redis?.disconnect()
  for (const gateway of gateways) await gateway.stop()
  for (const member of members?.values() ?? []) await member.stop()
})

interface Answer {
  readonly status: number
  readonly rows: number | undefined
  readonly code: string | undefined
}

type Ask = (gateway: number, hash: string, query?: string) => Promise<Answer>

async function read(response: Response): Promise<Answer> {
  const { data, errors } = (await response.json()) as {
    data?: Record<string, { nodes: unknown[] }>
    errors?: { extensions: { code: string } }[]
  }
  const rows = data?.[own]?.nodes.length
  return { status: response.status, rows, code: errors?.[0]?.extensions.code }
}

const byPost: Ask = async (gateway, sha256Hash, query) => {
  const extensions = { persistedQuery: { version: 1, sha256Hash } }
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ query, extensions })
  return read(await fetch(gateways[gateway]?.url ?? '', { method: 'POST', headers, body }))
}

const byGet: Ask = async (gateway, sha256Hash, query) => {
  const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash } })
  const parameters = new URLSearchParams({ extensions, ...(query !== undefined && { query }) })
  const headers = { 'apollo-require-preflight': 'yes' }
  return read(await fetch(`${gateways[gateway]?.url}?${parameters}`, { headers }))
}

const notFound = { status: 200, rows: undefined, code: 'PERSISTED_QUERY_NOT_FOUND' }

describe.each([
  ['POST', byPost, 3],
  ['GET', byGet, 4],
] as const)('an operation by its hash, by %s', (name, ask, first) => {
  const query = `query By${name} { ${own}: courseOfferings(first: ${first}) { nodes { id } } }`
  const found = { status: 200, rows: first, code: undefined }

  test('is unknown until somebody sends its text, then known at every gateway', async () => {
    expect(await ask(0, sha256(query))).toEqual(notFound)
    expect(await ask(0, sha256(query), query)).toEqual(found)
    for (const gateway of [0, 1, 0]) expect(await ask(gateway, sha256(query))).toEqual(found)
  })

  test('is stored with a time to live', async () => {
    const ttl = await redis.ttl(`hub:apq:${sha256(query)}`)
    expect(ttl).toBeGreaterThan(weekSeconds - 600)
    expect(ttl).toBeLessThanOrEqual(weekSeconds)
  })

  test('cannot be replaced by another text: not by a client, not by who writes into Redis', async () => {
    const victim = `query Victim${name} { ${own}: courseOfferings(first: 1) { nodes { id } } }`
    const evil = `query Evil${name} { ${own}: courseOfferings(first: 5) { nodes { id } } }`
    expect(await ask(0, sha256(victim), evil)).toMatchObject({ status: 400, rows: undefined })
    expect(await ask(0, sha256(victim))).toEqual(notFound)
    await redis.set(`hub:apq:${sha256(victim)}`, evil, 'EX', 60)
    for (const gateway of [0, 1]) expect(await ask(gateway, sha256(victim))).toEqual(notFound)
    expect(await ask(0, sha256(victim), victim)).toEqual({ status: 200, rows: 1, code: undefined })
    expect(await ask(1, sha256(victim))).toEqual({ status: 200, rows: 1, code: undefined })
  })
})

test('an operation an operator trusts is known by its hash at once, and stored with a time to live', async () => {
  expect(await byGet(0, sha256(trusted))).toEqual(notFound)
  gateways[0]?.trustDocuments([trusted])
  const found = { status: 200, rows: 2, code: undefined }
  expect(await byGet(0, sha256(trusted))).toEqual(found)
  expect(await byPost(0, sha256(trusted))).toEqual(found)
  const ttl = () => redis.ttl(`hub:apq:${sha256(trusted)}`)
  await expect.poll(ttl, { timeout: 10_000 }).toBeGreaterThan(0)
  expect(await byPost(1, sha256(trusted))).toEqual(found)
  // Whoever empties Redis does not make the gateway forget it.
  await redis.del(`hub:apq:${sha256(trusted)}`)
  expect(await byPost(0, sha256(trusted))).toEqual(found)
})
