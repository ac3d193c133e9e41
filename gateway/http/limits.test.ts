import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { defaultGatewayConfig, type GatewayConfig } from '../config.js'
import { defaultLimitsConfig, type LimitsConfig } from '../limits/limits-config.js'
import {
  composeWords,
  type PlainSubgraph,
  startPlainSubgraph,
} from '../process/plain-subgraph.fixture.js'
import { type RunningGateway, startGateway } from '../start-gateway.js'
import { defaultDoorConfig } from './door-config.js'

const rootDirectory = new URL('../..', import.meta.url).pathname
const typeDefs = `
  scalar Any
  type Word { text: String near: [Word!] }
  type Query { word: Word words(first: Int): [Word!] echo(value: Any, all: [String!]): String }
`

let subgraph: PlainSubgraph

function start(
  limits: Partial<LimitsConfig>,
  config: Partial<GatewayConfig> = {},
): Promise<RunningGateway> {
  return startGateway({
    config: {
      ...defaultGatewayConfig,
      port: 0,
      drainTimeoutMs: 500,
      limits: { ...defaultLimitsConfig, ...limits },
      ...config,
    },
    supergraphSdl: composeWords(typeDefs, subgraph.url),
    subgraphUrls: new Map(),
    rootDirectory,
    examplesDirectory: null,
    log: silentLogger,
  })
}

beforeAll(async () => {
  subgraph = await startPlainSubgraph((body) =>
    body.includes('words') ? { data: { words: [] } } : { data: { word: { text: 'a' }, echo: 'b' } },
  )
})
afterAll(() => subgraph?.stop())

async function ask(url: string, sent: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...headers,
    },
    body: JSON.stringify(sent),
  })
  const text = await answer.text()
  const code = /"code":"(\w+)"/.exec(text)?.[1]
  const message = /"message":"([^"]*)"/.exec(text)?.[1]
  return { status: answer.status, headers: answer.headers, code, message }
}

describe('cost', () => {
  let gateway: RunningGateway
  beforeAll(async () => {
    gateway = await start({ costLimit: 100 }, { door: { ...defaultDoorConfig, batchLimit: 5 } })
  })
  afterAll(() => gateway?.stop())

  test('is told with every answer, the first time and when the operation is known', async () => {
    for (let round = 0; round < 2; round += 1) {
      const { headers, status } = await ask(gateway.url, { query: '{ word { text } }' })
      expect([status, headers.get('hub-cost')]).toEqual([200, '1'])
    }
  })

  test('beyond the limit is refused before anybody is asked, naming limit and value', async () => {
    const near = '{ words { near { near { text } } } }'
    const page = 'query ($n: Int) { words(first: $n) { near { text } } }'
    for (const sent of [{ query: near }, { query: near }, { query: page, variables: { n: 30 } }]) {
      const before = subgraph.received.length
      const answer = await ask(gateway.url, sent)
      expect(answer).toMatchObject({ status: 400, code: 'COST_EXCEEDED' })
      expect(answer.message).toMatch(/^the request costs \d+, the limit is 100$/)
      expect(Number(answer.headers.get('hub-cost'))).toBeGreaterThan(100)
      expect(subgraph.received.length).toBe(before)
    }
  })

  test('of a batch is the sum of its operations', async () => {
    const one = { query: '{ words { text near { text } } }' }
    expect(await ask(gateway.url, one)).toMatchObject({ status: 400 })
    const small = {
      query: `{ ${Array.from({ length: 4 }, (_, at) => `a${at}: words { text }`).join(' ')} }`,
    }
    expect(await ask(gateway.url, [small, small])).toMatchObject({ status: 200, code: undefined })
    expect(await ask(gateway.url, [small, small, small])).toMatchObject({ code: 'COST_EXCEEDED' })
  })
})

describe('values', () => {
  let gateway: RunningGateway
  beforeAll(async () => {
    gateway = await start({ variablesDepth: 5, listArgumentLength: 10 })
  })
  afterAll(() => gateway?.stop())

  const nest = (levels: number): unknown => (levels === 0 ? 'x' : { a: nest(levels - 1) })
  const query = 'query ($value: Any, $all: [String!]) { echo(value: $value, all: $all) }'

  test.each([
    ['variables nested too deeply', { query, variables: { value: nest(6) } }],
    ['a list of variables that is too long', { query, variables: { all: Array(11).fill('x') } }],
    ['a long list inside a value', { query, variables: { value: { deep: Array(11).fill(1) } } }],
    ['a long list in the document', { query: `{ echo(all: [${'"x" '.repeat(11)}]) }` }],
  ])('%s are refused, also of a known operation', async (_title, sent) => {
    expect(await ask(gateway.url, { query, variables: { value: nest(4) } })).toMatchObject({
      status: 200,
    })
    for (let round = 0; round < 2; round += 1) {
      const answer = await ask(gateway.url, sent)
      expect(answer).toMatchObject({ status: 400, code: 'QUERY_TOO_LARGE' })
      expect(answer.message).toMatch(/limit|more than 5 levels/)
    }
  })
})

describe('rates', () => {
  const word = { query: '{ words { text } }' }

  /** A gateway of its own in Redis: counters carry the address, and every test asks from 127.0.0.1. */
  const startCounting = (points: number, config: Partial<GatewayConfig> = {}) =>
    start(
      { anonymousPoints: points, windowSeconds: 600 },
      { door: { ...defaultDoorConfig, trustedProxies: ['127.0.0.1'] }, ...config },
    )
  const from = (address: string) => ({ 'x-forwarded-for': address })
  /** Addresses nobody used before: the Redis is shared. */
  const unusedAddress = () =>
    `2001:db8:${randomUUID().slice(9, 13)}:${randomUUID().slice(9, 13)}::1`

  test.each([
    ['Redis', true],
    ['memory', false],
  ])(
    'with counters in %s, a client that has used its points gets 429 until the window ends',
    async (_place, hasRedis) => {
      const redis = hasRedis
        ? { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map<string, string>() }
        : undefined
      const gateway = await startCounting(100, { redis })
      const [first, second] = [unusedAddress(), unusedAddress()]
      try {
        for (let used = 10; used <= 100; used += 10) {
          const { status, headers } = await ask(gateway.url, word, from(first))
          expect(status).toBe(200)
          expect(headers.get('ratelimit-policy')).toBe('"points";q=100;w=600')
          expect(headers.get('ratelimit')).toMatch(new RegExp(`^"points";r=${100 - used};t=\\d+$`))
        }
        const before = subgraph.received.length
        for (let round = 0; round < 3; round += 1) {
          const refused = await ask(gateway.url, word, from(first))
          expect(refused).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
          const retryAfter = Number(refused.headers.get('retry-after'))
          expect(retryAfter).toBeGreaterThan(500)
          expect(retryAfter).toBeLessThanOrEqual(600)
        }
        expect(subgraph.received.length).toBe(before)
        expect(await ask(gateway.url, word, from(second))).toMatchObject({ status: 200 })
      } finally {
        await gateway.stop()
      }
    },
  )

  test('two processes count together', async () => {
    const redis = { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map<string, string>() }
    const gateways = [await startCounting(100, { redis }), await startCounting(100, { redis })]
    const address = unusedAddress()
    try {
      let served = 0
      for (let round = 0; round < 30; round += 1) {
        const { status } = await ask(gateways[round % 2]?.url ?? '', word, from(address))
        if (status === 200) served += 1
      }
      expect(served).toBe(10)
    } finally {
      for (const gateway of gateways) await gateway.stop()
    }
  })

  test('being wrong without end is not free', async () => {
    const gateway = await startCounting(50)
    const address = unusedAddress()
    try {
      const statuses = new Set<number>()
      for (let round = 0; round < 12; round += 1) {
        statuses.add((await ask(gateway.url, { query: `{ wrong${round} }` }, from(address))).status)
      }
      expect([...statuses]).toEqual([400, 429])
    } finally {
      await gateway.stop()
    }
  })

  test('an address that no trusted proxy tells is not believed', async () => {
    const gateway = await start({ anonymousPoints: 20, windowSeconds: 600 })
    try {
      const statuses: number[] = []
      for (let round = 0; round < 4; round += 1) {
        statuses.push((await ask(gateway.url, word, from(unusedAddress()))).status)
      }
      expect(statuses).toEqual([200, 200, 429, 429])
    } finally {
      await gateway.stop()
    }
  })
})
