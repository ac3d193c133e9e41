import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningGateway, readGatewayConfig, startGateway } from '../../gateway/index.js'
import { silentLogger } from '../../infra/runtime/index.js'
import { createFakeCatalogue } from '../fixtures/members/fake-catalogue.js'
import { makeOfferings } from '../fixtures/members/fake-offerings.js'
import { type FakeMember, startFakeMember } from '../fixtures/members/start-fake-member.js'
import { toRegister } from '../fixtures/members/to-register.js'
import { longestStallMs, measureAttack } from './attack-cost.js'
import { times } from './attack-target.js'

// What is refused at /graphql must not get in beside it: at the endpoint for other routers, or where documents are forwarded.
const catalogueSdl = readFileSync('schema/catalogue.graphql', 'utf8')
const supergraphSdl = readFileSync('schema/supergraph.graphql', 'utf8')
const points = 400

let member: FakeMember
let documents: Server
let documentsAsked = 0
let gateway: RunningGateway
/** Points are counted by address; every test has one of its own. */
let address: string

beforeAll(async () => {
  const offerings = makeOfferings('dcu', 10)
  member = await startFakeMember(createFakeCatalogue({ slug: 'dcu', sdl: catalogueSdl, offerings }))
  documents = createServer((_request, response) => {
    documentsAsked += 1
    response.end('page')
  })
  await new Promise<void>((resolve) => documents.listen(0, '127.0.0.1', resolve))
  const { port } = documents.address() as AddressInfo
  const config = readGatewayConfig({
    HUB_PORT: '0',
    HUB_COST_LIMIT: '80',
    HUB_RATE_ANONYMOUS: String(points),
    HUB_RATE_WINDOW_SECONDS: '600',
    HUB_TRUSTED_PROXIES: '127.0.0.1',
  })
  gateway = await startGateway({
    config,
    supergraphSdl,
    catalogueSdl,
    register: toRegister([member]),
    subgraphUrls: new Map([['recognition', `http://127.0.0.1:${port}/graphql`]]),
    documentRoutes: [{ prefix: '/credentials', subgraph: 'recognition', authorization: 'hub' }],
    rootDirectory: process.cwd(),
    examplesDirectory: null,
    log: silentLogger,
  })
})
beforeEach(() => {
  address = freshAddress()
})
afterAll(async () => {
  await gateway?.stop()
  await member?.stop()
  documents?.close()
})

const freshAddress = () => `2001:db8:${randomUUID().slice(9, 13)}:${randomUUID().slice(9, 13)}::1`

async function send(path: string, body?: unknown) {
  const answer = await fetch(new URL(path, gateway.url), {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const { status, headers } = answer
  return { status, headers, text, code: /"code":"(\w+)"/.exec(text)?.[1] }
}

const page = (first: number) => ({ query: `{ courseOfferings(first: ${first}) { nodes { id } } }` })

describe('the endpoint for other routers', () => {
  const path = '/subgraphs/catalogue'

  test('answers what is within the limits, and tells what it cost', async () => {
    const answer = await send(path, page(5))
    expect(answer).toMatchObject({ status: 200, code: undefined })
    expect(Number(answer.headers.get('hub-cost'))).toBeGreaterThan(0)
    expect(answer.headers.get('ratelimit-policy')).toBe(`"points";q=${points};w=600`)
  })

  test.each([
    [
      'aliases without end',
      { query: `{ ${times(1_000, (at) => `a${at}: courseOfferings { totalCount }`)} }` },
      'QUERY_TOO_LARGE',
    ],
    [
      'fragments that multiply',
      {
        query: `{ ...F0 } ${times(30, (at) => `fragment F${at} on Query { ...F${at + 1} a${at}: __typename ...F${at + 1} }`)} fragment F30 on Query { courseOfferings { totalCount } }`,
      },
      'QUERY_TOO_LARGE',
    ],
    ['a page beyond any cost', page(100), 'COST_EXCEEDED'],
    [
      'variables nested without end',
      {
        query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
        variables: { r: [JSON.parse(`${'{"a":'.repeat(900)}1${'}'.repeat(900)}`)] },
      },
      'QUERY_TOO_LARGE',
    ],
    [
      'representations without end',
      {
        query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
        variables: { r: Array(5_000).fill({ __typename: 'CourseOffering', id: 'dcu:a' }) },
      },
      'QUERY_TOO_LARGE',
    ],
  ])('refuses %s before a member is asked', async (name, body, code) => {
    const before = member.requests.length
    const { result, cost } = await measureAttack(`side door: ${name}`, () => send(path, body))
    expect(result).toMatchObject({ status: 400, code })
    expect(member.requests.length).toBe(before)
    expect(cost.stallMs).toBeLessThan(longestStallMs)
  })

  test('a wrong value is the caller’s fault, not a member’s', async () => {
    const query = 'query ($n: Int) { courseOfferings(first: $n) { totalCount } }'
    const before = member.requests.length
    expect(await send(path, { query, variables: { n: 'many' } })).toMatchObject({
      code: 'BAD_USER_INPUT',
    })
    expect(member.requests.length).toBe(before)
  })

  test('asking and being wrong without end both end in 429', async () => {
    for (const body of [page(5), { query: '{ wrong }' }]) {
      address = freshAddress()
      const statuses = new Set<number>()
      for (let round = 0; round < points / 5 + 2; round += 1) {
        statuses.add((await send(path, body)).status)
      }
      expect([...statuses]).toEqual([200, 429])
    }
  })
})

describe('forwarded documents', () => {
  test('take points, and are not forwarded when none are left', async () => {
    const before = documentsAsked
    const statuses: number[] = []
    for (let round = 0; round < points / 10 + 3; round += 1) {
      statuses.push((await send('/credentials/verify')).status)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(points / 10)
    expect(statuses.slice(-3)).toEqual([429, 429, 429])
    expect(documentsAsked - before).toBe(points / 10)
  })

  test('and queries share one budget', async () => {
    while ((await send('/credentials/verify')).status === 200);
    const refused = await send('/graphql', page(5))
    expect(refused).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500)
  })
})
