import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'
import { createLayeredClient, type LayeredClient } from './layered-client.js'
import {
  answerWith,
  openUpstream,
  plainQuery,
  toContext,
  type Upstream,
} from './open-upstream.fixture.js'
import { defaultRetryBudget } from './retry-budget.js'

describe.each([false, true])('a subgraph behind all layers, own sockets %s', (hasOwnSockets) => {
  let upstream: Upstream
  let client: LayeredClient
  let calls: number

  beforeEach(async () => {
    calls = 0
    upstream = await openUpstream()
    client = createLayeredClient({
      name: 'catalogue',
      member: 'dcu',
      url: upstream.url,
      timeoutMs: 2_000,
      maximumBodyBytes: 10_000,
      hasOwnSockets,
      breaker: { failureThreshold: 2, openMs: 60_000 },
      retries: { maximumRetries: 2, backOffMs: 2, budget: defaultRetryBudget },
      log: silentLogger,
    })
  })
  afterEach(async () => {
    await upstream.close()
    await client.close()
  })

  async function codeOf(promise: Promise<unknown>): Promise<string> {
    try {
      await promise
      return 'ok'
    } catch (error) {
      return error instanceof HubError ? error.code : String(error)
    }
  }

  it('answers after a short outage as if there had been none', async () => {
    upstream.respond = (...exchange) => {
      calls += 1
      const isDown = calls < 3
      const respond = isDown
        ? answerWith(503, 'restarting', { 'retry-after': '0' })
        : answerWith(200, '{"data":{"a":1}}')
      respond(...exchange)
    }
    expect(await client.execute(plainQuery, toContext())).toEqual({ data: { a: 1 } })
    expect(calls).toBe(3)
  })

  it('counts a query with all its retries as one failure, and asks nobody once the breaker is open', async () => {
    upstream.respond = (...exchange) => {
      calls += 1
      answerWith(502, 'down')(...exchange)
    }
    expect(await codeOf(client.execute(plainQuery, toContext()))).toBe('SUBGRAPH_UNREACHABLE')
    expect(calls).toBe(3)
    expect(await codeOf(client.execute(plainQuery, toContext()))).toBe('SUBGRAPH_UNREACHABLE')
    expect(await codeOf(client.execute(plainQuery, toContext()))).toBe('SUBGRAPH_CIRCUIT_OPEN')
    expect(calls).toBe(6)
  })

  it('probes once, without retries, even while the breaker is open', async () => {
    upstream.respond = (...exchange) => {
      calls += 1
      answerWith(502, 'down')(...exchange)
    }
    for (let call = 0; call < 2; call += 1) await codeOf(client.execute(plainQuery, toContext()))
    expect(await codeOf(client.probe(plainQuery, toContext()))).toBe('SUBGRAPH_UNREACHABLE')
    expect(calls).toBe(7)
  })

  it('hangs up on a silent server when the last of the clients that wait has gone', async () => {
    const asked = Promise.withResolvers<{ readonly closed: Promise<unknown> }>()
    upstream.respond = (request) => {
      calls += 1
      asked.resolve({ closed: once(request.socket, 'close') })
    }
    const controllers = [new AbortController(), new AbortController()]
    const answers = controllers.map(({ signal }) =>
      codeOf(client.execute(plainQuery, toContext({ signal }))),
    )
    const { closed } = await asked.promise
    controllers[0]?.abort()
    expect(await answers[0]).toBe('REQUEST_ABORTED')
    expect(await Promise.race([closed, wait(50, 'still open')])).toBe('still open')
    controllers[1]?.abort()
    expect(await answers[1]).toBe('REQUEST_ABORTED')
    await closed
    expect(calls).toBe(1)
  })

  it('opens the breaker of a silent server although each request gave up at its own deadline', async () => {
    upstream.respond = () => {}
    for (let call = 0; call < 2; call += 1) {
      const late = client.execute(plainQuery, toContext({ deadlineAt: performance.now() + 150 }))
      expect(await codeOf(late)).toBe('SUBGRAPH_TIMEOUT')
    }
    expect(await codeOf(client.execute(plainQuery, toContext()))).toBe('SUBGRAPH_CIRCUIT_OPEN')
  })

  it('gives every call its own span in the request’s trace', async () => {
    const seen: string[] = []
    upstream.respond = (request, ...exchange) => {
      seen.push(String(request.headers.traceparent))
      answerWith(200, '{"data":{}}')(request, ...exchange)
    }
    const context = toContext({ requestId: '3e4666bf-d5e5-4aa7-b8ce-cefe41c7568a' })
    for (const id of ['1', '2']) await client.execute({ ...plainQuery, variables: { id } }, context)
    for (const traceparent of seen) {
      expect(traceparent).toMatch(/^00-3e4666bfd5e54aa7b8cecefe41c7568a-[0-9a-f]{16}-00$/)
    }
    expect(new Set(seen).size).toBe(2)
  })
})
