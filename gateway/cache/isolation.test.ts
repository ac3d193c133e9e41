import { buildSchema } from 'graphql'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import {
  addCacheHints,
  type RunningServer,
  silentLogger,
  startSubgraphServer,
} from '../../infra/runtime/index.js'
import { formatGraphQLError, readPrincipal } from '../../schema/index.js'
import {
  catalogueSdl,
  longPolicy,
  post,
  rootDirectory,
} from '../../tests/cache/start-cached-gateway.js'
import { createRandomSource } from '../../tests/conformance/random/random-source.js'
import { issueTestToken, testIssuer } from '../../tests/setup/issue-test-token.js'
import { testCallers, testSigningKeys } from '../../tests/setup/test-request-keys.js'
import { defaultGatewayConfig } from '../config.js'
import { composeWords } from '../process/plain-subgraph.fixture.js'
import { type RunningGateway, startGateway } from '../start-gateway.js'

const requestCount = 10_000
const typeDefs =
  'type Query { me: String scopes: String news: String page(of: Int): String count: Int }'
const contract = addCacheHints(`schema { query: Query } ${typeDefs}`, {
  'Query.me': { maxAge: 60, scope: 'PRIVATE' },
  'Query.scopes': { maxAge: 60, scope: 'PRIVATE' },
  'Query.news': { maxAge: 60 },
  'Query.page': { maxAge: 60 },
})

const operations = [
  '{ me }',
  '{ scopes }',
  '{ news }',
  '{ me news }',
  '{ news scopes page(of: 1) }',
  ...[1, 2, 3].map((of) => `{ page(of: ${of}) }`),
  '{ news page(of: 2) }',
  // Nothing says that it may be kept.
  '{ count }',
]

let subgraph: RunningServer
let calls = 0
const gateways: RunningGateway[] = []
const tokens: (string | undefined)[] = [undefined]

async function open(isCachingEnabled: boolean): Promise<RunningGateway> {
  const gateway = await startGateway({
    config: {
      ...defaultGatewayConfig,
      ...{ port: 0, drainTimeoutMs: 500, isCachingEnabled, queueLimit: 5_000 },
      ...{ redisTimeoutMs: 2_000, requestTimeoutMs: 30_000 },
      redis: { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map() },
    },
    supergraphSdl: composeWords(typeDefs, subgraph.url),
    register: { version: 'x', sources: {}, policies: { default: longPolicy }, members: [] },
    catalogueSdl,
    contracts: new Map([['words', contract]]),
    subgraphUrls: new Map(),
    issuers: [testIssuer.config],
    signingKeys: testSigningKeys,
    rootDirectory,
    examplesDirectory: null,
    log: silentLogger,
  })
  gateways.push(gateway)
  return gateway
}

beforeAll(async () => {
  // Its own Cache-Control comes from the same hints.
  const schema = buildSchema(contract)
  const fields = schema.getQueryType()?.getFields() ?? {}
  const resolvers: Record<string, (context: { signedPrincipal: string }, of?: number) => unknown> =
    {
      me: ({ signedPrincipal }) => readPrincipal(signedPrincipal)?.subjectId ?? 'nobody',
      scopes: ({ signedPrincipal }) => readPrincipal(signedPrincipal)?.scopes.join(' '),
      news: () => 'the same for all',
      page: (_context, of) => `page ${of}`,
      count: () => 7,
    }
  for (const [name, field] of Object.entries(fields)) {
    field.resolve = (_source, { of }, context) => {
      calls += 1
      return resolvers[name]?.(context, of)
    }
  }
  subgraph = await startSubgraphServer({
    ...{ schema, host: '127.0.0.1', port: 0, callers: testCallers('words') },
    createContext: async ({ signedPrincipal }) => ({ signedPrincipal }),
    isReady: async () => true,
    formatError: formatGraphQLError,
  })
  for (let index = 1; index < 20; index += 1) {
    const scopes = [`scope:${index % 4}`, ...(index % 2 === 0 ? ['scope:even'] : [])]
    const request = { role: 'learner', member: 'uis', subject: `person-${index}`, scopes } as const
    tokens.push(await issueTestToken(request))
  }
}, 60_000)

afterAll(async () => {
  for (const gateway of gateways) await gateway.stop()
  await subgraph?.stop()
})

test(`${requestCount} mixed requests of 20 identities get, kept or not, exactly the answers they get without a cache`, async () => {
  const plain = await open(false)
  const cached = await open(true)
  const ask = async (url: string, token: string | undefined, query: string): Promise<string> => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const { status, json } = await post(url, { query }, headers)
    return JSON.stringify([status, json.data, json.errors])
  }
  const expected = new Map<string, string>()
  for (const [person, token] of tokens.entries()) {
    for (const query of operations) {
      expected.set(`${person} ${query}`, await ask(plain.url, token, query))
    }
  }
  // Identities differ, or this proves nothing.
  expect(new Set(tokens.map((_token, person) => expected.get(`${person} { me }`))).size).toBe(20)

  const callsBefore = calls
  const random = createRandomSource(20_261_125)
  const differences: string[] = []
  let sent = 0
  async function client(): Promise<void> {
    while (sent < requestCount) {
      sent += 1
      const person = random.below(tokens.length)
      const query = random.pick(operations)
      const answer = await ask(cached.url, tokens[person], query)
      if (answer !== expected.get(`${person} ${query}`))
        differences.push(`${person} ${query}: ${answer}`)
    }
  }
  await Promise.all(Array.from({ length: 40 }, client))
  expect(differences).toEqual([])
  // About half of what is asked may be kept, and was.
  expect(calls - callsBefore).toBeLessThan(requestCount)
  const metrics = await (await fetch(new URL('/metrics', cached.url))).text()
  expect(metrics).toMatch(/hub_cache_responses_total\{status="hit"\} [1-9]/)
  expect(metrics).toMatch(/status="hit"\} \d{3}/)
}, 180_000)
