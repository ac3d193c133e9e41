import { createHash } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { readGatewayProcessConfig } from '../read-config.js'
import { composeWords, type PlainSubgraph, startPlainSubgraph } from './plain-subgraph.fixture.js'
import { type ServedGateway, serveGateway } from './serve-gateway.js'

const rootDirectory = new URL('../..', import.meta.url).pathname
const old = 'type Query { word: String old: String }'
const young = 'type Query { word: String young: String }'

let here: PlainSubgraph
let there: PlainSubgraph
let served: ServedGateway
let gate: Promise<void>

beforeEach(async () => {
  gate = Promise.resolve()
  const answer = (place: string) => async () => {
    await gate
    return { data: { word: place, old: place, young: place } }
  }
  here = await startPlainSubgraph(answer('here'))
  there = await startPlainSubgraph(answer('there'))
  served = await serveGateway({
    config: readGatewayProcessConfig(
      { HUB_PORT: '0', HUB_DRAIN_TIMEOUT_MS: '500' },
      { cores: 1, isForeign: true },
    ),
    sources: { supergraphSdl: composeWords(old, here.url) },
    hasExamples: false,
    rootDirectory,
    log: silentLogger,
  })
})

afterEach(async () => {
  await served?.gateway.stop()
  await here?.stop()
  await there?.stop()
})

async function ask(query: string): Promise<{ data?: Record<string, unknown>; errors?: unknown }> {
  const answer = await fetch(served.gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return (await answer.json()) as { data?: Record<string, unknown>; errors?: unknown }
}

function swapTo(typeDefs: string, subgraph: PlainSubgraph): Promise<void> {
  return served.apply({ supergraphSdl: composeWords(typeDefs, subgraph.url) })
}

/** On a busy machine. */
const patience = { timeout: 30_000 }

test('a request under way finishes on the old supergraph while new ones see the new one', async () => {
  const held = Promise.withResolvers<void>()
  gate = held.promise
  const underWay = ask('{ old }')
  await vi.waitFor(() => expect(here.received).toHaveLength(1), patience)
  await swapTo(young, there)
  const later = ask('{ young }')
  await vi.waitFor(() => expect(there.received).toHaveLength(1), patience)
  held.resolve()
  expect(await underWay).toEqual({ data: { old: 'here' } })
  expect(await later).toEqual({ data: { young: 'there' } })
  expect((await ask('{ old }')).errors).toMatchObject([
    { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
  ])
}, 60_000)

test('a reload brings operations that are known by their hash, and takes away others', async () => {
  const [first, second] = ['query First { word }', 'query Second { word }']
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
  const askByHash = async (sha256Hash: string) => {
    const answer = await fetch(served.gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } } }),
    })
    return answer.json()
  }
  const sources = { supergraphSdl: composeWords(old, here.url) }
  const unknown = [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }]
  await served.apply({ ...sources, documents: [first] })
  expect(await askByHash(hashOf(first))).toMatchObject({ data: { word: 'here' } })
  expect(await askByHash(hashOf(second))).toMatchObject({ errors: unknown })
  await served.apply({ ...sources, documents: [second] })
  expect(await askByHash(hashOf(second))).toMatchObject({ data: { word: 'here' } })
  expect(await askByHash(hashOf(first))).toMatchObject({ errors: unknown })
}, 60_000)

test('no request fails while supergraphs are swapped under load', async () => {
  let isDone = false
  const answers: string[] = []
  const clients = Array.from({ length: 10 }, async () => {
    while (!isDone) answers.push(JSON.stringify(await ask('{ word }')))
  })
  const places = [there, here]
  for (let index = 0; index < 40; index += 1) {
    const place = places[index % 2]
    if (place === undefined) throw new RangeError('there are two places')
    const before = answers.length
    await swapTo(index % 2 === 0 ? young : old, place)
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(before + 10), {
      interval: 1,
      timeout: 30_000,
    })
  }
  isDone = true
  await Promise.all(clients)
  expect(new Set(answers)).toEqual(
    new Set(['{"data":{"word":"here"}}', '{"data":{"word":"there"}}']),
  )
}, 120_000)

test('connections to a subgraph that is gone are closed once nobody needs them', async () => {
  const held = Promise.withResolvers<void>()
  gate = held.promise
  const underWay = ask('{ word }')
  await vi.waitFor(() => expect(here.received).toHaveLength(1), patience)
  await swapTo(young, there)
  expect(await here.countSockets()).toBe(1)
  held.resolve()
  await underWay
  await vi.waitFor(async () => expect(await here.countSockets()).toBe(0), patience)
  await swapTo(old, here)
  expect(await ask('{ word }')).toEqual({ data: { word: 'here' } })
})

test.each([
  ['no SDL', 'type Query {', /cannot be parsed/],
  ['no supergraph', 'type Query { a: Int }', /names no subgraphs/],
  ['a subgraph without URL', () => composeWords(old, ''), /no http or https URL/],
])('%s is refused with its reason, and the old supergraph stays', async (_title, sdl, reason) => {
  const supergraphSdl = typeof sdl === 'string' ? sdl : sdl()
  await expect(served.apply({ supergraphSdl })).rejects.toMatchObject({
    code: 'SUPERGRAPH_INVALID',
    message: expect.stringMatching(reason),
  })
  expect(await ask('{ old }')).toEqual({ data: { old: 'here' } })
})

test('members that appear at run time are refused: their contract is read at the start', async () => {
  const supergraphSdl = composeWords(young, there.url)
  const members = { registerText: '{}', catalogueSdl: 'type Query { a: Int }' }
  await expect(served.apply({ supergraphSdl, members })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
  })
  expect(await ask('{ old }')).toEqual({ data: { old: 'here' } })
})

test('300 reloads grow neither the heap nor the number of handles', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const sdls = [composeWords(young, there.url), composeWords(old, here.url)]
  const reload = async (times: number) => {
    for (let index = 0; index < times; index += 1) {
      const supergraphSdl = `${sdls[index % 2]}\n# ${index} of ${times}`
      await served.apply({ supergraphSdl })
      expect((await ask(`{ word again${index % 7}: word }`)).errors).toBeUndefined()
    }
  }
  const measure = async () => {
    // Twice with a pause: finalizers of the planner run between two collections.
    collect()
    await new Promise((resolve) => setImmediate(resolve))
    collect()
    const sockets = (await here.countSockets()) + (await there.countSockets())
    return {
      heap: process.memoryUsage().heapUsed,
      sockets,
      handles: process.getActiveResourcesInfo().length,
    }
  }
  await reload(60)
  const before = await measure()
  await reload(300)
  await vi.waitFor(
    async () => expect((await measure()).sockets).toBeLessThanOrEqual(before.sockets),
    patience,
  )
  const after = await measure()
  expect((after.heap - before.heap) / 300).toBeLessThan(5_000)
  expect(after.handles).toBeLessThanOrEqual(before.handles + 3)
}, 240_000)
