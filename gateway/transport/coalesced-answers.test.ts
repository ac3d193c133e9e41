import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import type { SubgraphAnswer, SubgraphRequest } from '../engine/subgraph-client.js'
import { createLayeredClient } from './layered-client.js'
import { openUpstream, plainQuery, type Respond, toContext } from './open-upstream.fixture.js'

interface Asked {
  readonly request: SubgraphRequest
  readonly headers: Readonly<Record<string, string>>
}

const telling = ['authorization', 'accept-language', 'x-tenant'] as const

/** Repeatable numbers from 0 up to 1 (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** An answer that shows everything the server was told, so that any two requests it can tell apart get different data. */
const echo: Respond = (request, body, response) => {
  const headers = telling.map((name) => [name, request.headers[name] ?? null])
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ data: { echo: { body: JSON.parse(body), headers } } }))
}

/** Draws from few values each, so that equal and almost equal requests meet often. */
function inventRequest(random: () => number, trace: number): Asked {
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value
  const identity = pick([undefined, 'Bearer a', 'Bearer b', 'Bearer a"'])
  const language = pick([undefined, undefined, 'ga', 'en'])
  const tenant = pick([undefined, undefined, '1', '1","x'])
  const representations = pick<readonly string[] | undefined>([
    undefined,
    ['{"id":"1"}'],
    ['{"id":"1"}', '{"id":"2"}'],
    ['{"id":"2"}', '{"id":"1"}'],
  ])
  return {
    request: {
      ...plainQuery,
      query: pick(['query A($v: V) { a }', 'query A($v: V) { b }', 'query B($v: V) { a }']),
      operationName: pick([undefined, 'A']),
      operationType: random() < 0.02 ? 'mutation' : 'query',
      variables: pick([{}, { v: 1 }, { v: '1' }, { v: null }, { v: [1] }, { v: { a: 1, b: 2 } }]),
      representations: representations === undefined ? {} : { representations },
    },
    headers: {
      ...(identity !== undefined && { authorization: identity }),
      ...(language !== undefined && { 'accept-language': language }),
      ...(tenant !== undefined && { 'x-tenant': tenant }),
      traceparent: `00-${'a'.repeat(32)}-${String(trace + 1).padStart(16, '0')}-01`,
    },
  }
}

/** What careless callers do to data that is theirs. */
function spoil(answer: SubgraphAnswer): void {
  const { data } = answer
  if (!data) return
  const inner = data.echo as Record<string, unknown>
  inner.body = 'spoilt'
  delete inner.headers
  data.echo = null
}

it('gives 3,000 random concurrent requests the answers they get when nothing is shared', async () => {
  const upstream = await openUpstream()
  let upstreamCalls = 0
  upstream.respond = (...exchange) => {
    upstreamCalls += 1
    echo(...exchange)
  }
  const options = {
    name: 'recognition',
    url: upstream.url,
    timeoutMs: 60_000,
    maximumBodyBytes: 100_000,
    log: silentLogger,
  }
  const shared = createLayeredClient(options)
  const alone = createLayeredClient({ ...options, isCoalescing: false })
  const random = createRandom(20_261_123)
  let compared = 0
  for (let round = 0; round < 15; round += 1) {
    const asked = Array.from({ length: 200 }, (_, index) => inventRequest(random, index))
    const expected = await Promise.all(
      asked.map(({ request, headers }) =>
        alone.execute(request, toContext({ headers, deadlineAt: performance.now() + 60_000 })),
      ),
    )
    const expectedTexts = expected.map((answer) => JSON.stringify(answer))
    const before = upstreamCalls
    await Promise.all(
      asked.map(async ({ request, headers }, index) => {
        // Some at once, some a few turns later: while calls are under way and while they end.
        for (let turns = index % 5; turns > 0; turns -= 1) await turn()
        const controller = new AbortController()
        const context = toContext({
          headers,
          signal: controller.signal,
          deadlineAt: performance.now() + 60_000,
        })
        const answering = shared.execute(request, context)
        if (index % 11 === 0) {
          controller.abort()
          await expect(answering).rejects.toMatchObject({ code: 'REQUEST_ABORTED' })
          return
        }
        const answer = await answering
        expect(JSON.stringify(answer)).toBe(expectedTexts[index])
        spoil(answer)
        compared += 1
      }),
    )
    // The test would prove nothing if no call were shared.
    expect(upstreamCalls - before).toBeLessThan(195)
  }
  expect(compared).toBe(15 * 181)
  await Promise.all([shared.close(), alone.close()])
  await upstream.close()
}, 120_000)
