import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { defaultGatewayConfig, type GatewayConfig } from '../config.js'
import {
  composeWords,
  type PlainSubgraph,
  startPlainSubgraph,
} from '../process/plain-subgraph.fixture.js'
import { type RunningGateway, startGateway } from '../start-gateway.js'

const rootDirectory = new URL('../..', import.meta.url).pathname
const typeDefs =
  'type Query { greeting(to: String): String big: String failing: String slow: String } type Mutation { greet: String }'

// Larger than what the kernel buffers for a socket.
const bigLength = 7_500_000

let subgraph: PlainSubgraph
let gateway: RunningGateway
let held: PromiseWithResolvers<void>

async function start(config: Partial<GatewayConfig> = {}): Promise<RunningGateway> {
  return startGateway({
    config: { ...defaultGatewayConfig, port: 0, drainTimeoutMs: 500, ...config },
    supergraphSdl: composeWords(typeDefs, subgraph.url),
    subgraphUrls: new Map(),
    rootDirectory,
    examplesDirectory: null,
    log: silentLogger,
  })
}

beforeAll(async () => {
  held = Promise.withResolvers<void>()
  subgraph = await startPlainSubgraph(async (body) => {
    const { query, variables } = JSON.parse(body)
    if (query.includes('failing')) {
      return { data: { failing: null }, errors: [{ message: 'no', path: ['failing'] }] }
    }
    if (query.includes('big')) return { data: { big: 'x'.repeat(bigLength) } }
    if (query.includes('slow')) await held.promise
    if (query.includes('slow')) return { data: { slow: 'done' } }
    if (query.startsWith('mutation')) return { data: { greet: 'hi' } }
    return { data: { greeting: `hello ${Object.values(variables ?? {})[0] ?? 'all'}` } }
  })
  gateway = await start()
})

afterAll(async () => {
  held.resolve()
  await gateway?.stop()
  await subgraph?.stop()
})

async function ask(body: unknown, headers: Record<string, string> = {}, url = gateway.url) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const { date: _date, ...kept } = Object.fromEntries(answer.headers)
  return { status: answer.status, headers: kept, text: await answer.text() }
}

// The first time an operation goes through Apollo Server, later ones go straight to the engine.
test.each([
  ['a query', { query: '{ greeting }' }, {}],
  [
    'variables',
    { query: 'query ($to: String) { greeting(to: $to) }', variables: { to: 'you' } },
    {},
  ],
  [
    'an operation of several',
    { query: 'query A { greeting } query B { big }', operationName: 'A' },
    {},
  ],
  ['a mutation', { query: 'mutation { greet }' }, {}],
  ['introspection', { query: '{ __schema { queryType { name } } greeting }' }, {}],
  ['an error of a subgraph', { query: '{ failing }' }, {}],
  [
    'a variable of a wrong type',
    { query: 'query ($to: String) { greeting(to: $to) }', variables: { to: 1 } },
    {},
  ],
  ['no operation chosen', { query: 'query C { greeting } query D { greeting }' }, {}],
  ['an invalid operation', { query: '{ unknown }' }, {}],
  ['broken syntax', { query: '{ greeting' }, {}],
  ['no query', {}, {}],
  ['variables of a wrong kind', { query: '{ greeting }', variables: [] }, {}],
  [
    'the media type of GraphQL',
    { query: '{ greeting }' },
    { accept: 'application/graphql-response+json' },
  ],
  ['another media type', { query: '{ greeting }' }, { accept: 'text/csv' }],
  ['an unusual but fine media type', { query: '{ greeting }' }, { accept: 'application/*;q=0.3' }],
])('answers %s the second time as the first time', async (_title, body, headers) => {
  const first = await ask(body, headers)
  expect(await ask(body, headers)).toEqual(first)
  expect(first.headers['cache-control']).toBe(
    first.status === 406 ? first.headers['cache-control'] : 'no-store',
  )
  expect(JSON.parse(first.text)).toMatchObject(
    first.text.includes('"data"') ? { data: {} } : { errors: [{}] },
  )
})

test('does not take a known query for a mutation, nor one operation of a document for another', async () => {
  const query = 'query E { greeting } mutation F { greet }'
  const asE = await ask({ query, operationName: 'E' })
  const asF = await ask({ query, operationName: 'F' })
  expect([asE.text, asF.text].map((text) => JSON.parse(text).data)).toEqual([
    { greeting: 'hello all' },
    { greet: 'hi' },
  ])
})

test('refuses a mutation by GET although the same text is known from POST', async () => {
  const query = 'mutation { greet }'
  await ask({ query })
  const answer = await fetch(`${gateway.url}?query=${encodeURIComponent(query)}`, {
    headers: { 'apollo-require-preflight': 'yes' },
  })
  expect(answer.status).toBe(405)
})

test('refuses a body that a foreign page could send without a preflight', async () => {
  await ask({ query: '{ greeting }' })
  const answer = await ask('{"query":"{ greeting }"}', { 'content-type': 'text/plain' })
  expect([400, 415]).toContain(answer.status)
})

test('answers 413 and 400 with coded bodies to what is too large or no JSON', async () => {
  const large = await ask({ query: `{ greeting } #${'x'.repeat(300_000)}` })
  const broken = await ask('{')
  expect([large.status, broken.status]).toEqual([413, 400])
  expect(JSON.parse(large.text).errors[0].extensions.code).toBe('QUERY_TOO_LARGE')
  expect(JSON.parse(broken.text).errors[0].extensions.code).toBe('BAD_USER_INPUT')
})

test('answers 400 with a code to a persisted query of another version or with another hash', async () => {
  for (const persistedQuery of [
    { version: 2, sha256Hash: 'a'.repeat(64) },
    { version: 1, sha256Hash: 'a'.repeat(64) },
  ]) {
    const { status, text } = await ask({ query: '{ greeting }', extensions: { persistedQuery } })
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT'])
  }
})

test('is ready without members and has no members endpoint', async () => {
  const base = new URL('/', gateway.url)
  const ready = await fetch(new URL('/readyz', base))
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', members: [] }])
  const catalogue = await ask({ query: '{ a }' }, {}, new URL('/subgraphs/catalogue', base).href)
  expect(catalogue.status).toBe(404)
  expect(await fetch(new URL('/explorer/examples.json', base)).then((a) => a.json())).toEqual([])
  expect((await fetch(new URL('/explorer', base))).status).toBe(200)
})

test('answers 503 with Retry-After when more requests wait than allowed, and serves the others', async () => {
  const small = await start({ queueLimit: 2 })
  try {
    const sockets = await Promise.all(Array.from({ length: 30 }, () => open(small.port)))
    // One by one first, so that the server has accepted every connection and the burst is read in one turn.
    for (const socket of sockets) {
      const head = readHead(socket)
      socket.write(toRequest({ query: '{ greeting }' }))
      expect(await head).toMatch(/^HTTP\/1\.1 200/)
    }
    const answers = sockets.map(readHead)
    for (const socket of sockets) socket.write(toRequest({ query: '{ greeting }' }))
    const heads = await Promise.all(answers)
    const refused = heads.filter((head) => head.startsWith('HTTP/1.1 503'))
    expect(heads.filter((head) => head.startsWith('HTTP/1.1 200')).length).toBeGreaterThanOrEqual(2)
    expect(refused.length).toBeGreaterThan(0)
    expect(heads).toHaveLength(30)
    for (const head of refused) {
      expect(head).toMatch(/\r\nretry-after: 1\r\n/i)
      expect(head).toContain('"code":"OVERLOADED"')
    }
    for (const socket of sockets) socket.destroy()
    expect((await ask({ query: '{ greeting }' }, {}, small.url)).status).toBe(200)
  } finally {
    await small.stop()
  }
})

test('clients that do not read their large answers keep nobody waiting', async () => {
  const seen = subgraph.received.length
  const sluggish = await Promise.all(Array.from({ length: 8 }, () => open(gateway.port)))
  for (const socket of sluggish) {
    socket.pause()
    socket.write(toRequest({ query: '{ big }' }))
  }
  while (subgraph.received.length === seen) await new Promise((resolve) => setImmediate(resolve))
  // Would one answer have to be gone before the next, this would wait for ever.
  for (let index = 0; index < 20; index += 1) {
    expect((await ask({ query: '{ greeting }' })).status).toBe(200)
  }
  for (const socket of sluggish) expect(socket.bytesRead).toBeLessThan(bigLength)
  for (const socket of sluggish) expect(await readLength(socket)).toBeGreaterThan(bigLength)
  for (const socket of sluggish) socket.destroy()
})

test('a stop waits for the request under way and refuses new ones', async () => {
  const stopping = await start({ drainTimeoutMs: 10_000 })
  const seen = subgraph.received.length
  const underWay = ask({ query: '{ slow }' }, {}, stopping.url)
  const late = await open(stopping.port)
  while (subgraph.received.length === seen) await new Promise((resolve) => setImmediate(resolve))
  const stopped = stopping.stop()
  const head = readHead(late)
  late.write(toRequest({ query: '{ greeting }' }))
  expect(await head).toMatch(/^HTTP\/1\.1 503 [\s\S]*"code":"SHUTTING_DOWN"/)
  held.resolve()
  expect(JSON.parse((await underWay).text)).toEqual({ data: { slow: 'done' } })
  await stopped
})

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

function toRequest(body: unknown): string {
  const text = JSON.stringify(body)
  return `POST /graphql HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`
}

async function readHead(socket: Socket): Promise<string> {
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  return chunk.toString('utf8')
}

function readLength(socket: Socket): Promise<number> {
  return new Promise((resolve) => {
    let length = 0
    socket.on('data', (chunk) => {
      length += chunk.length
      if (length > bigLength) resolve(length)
    })
    socket.resume()
  })
}
