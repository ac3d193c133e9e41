import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { anonymousPrincipal, HubError } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphRequest } from '../engine/subgraph-client.js'
import { ExchangeFailure } from './exchange-json.js'
import { type RetryOptions, retryQueries } from './retry-queries.js'
import { UnavailableAnswer } from './unavailable-answer.js'

const wallStart = Date.UTC(2026, 10, 23, 12, 0, 0)
const query: SubgraphRequest = {
  query: '{ a }',
  operationName: undefined,
  operationType: 'query',
  variables: {},
  representations: {},
}

function unavailable(status: number, retryAfter?: string): HubError {
  return new HubError('SUBGRAPH_UNREACHABLE', { cause: new UnavailableAnswer(status, retryAfter) })
}
function disconnected(isBeforeAnswer: boolean): HubError {
  return new HubError('SUBGRAPH_UNREACHABLE', {
    cause: new ExchangeFailure('network', isBeforeAnswer),
  })
}

/** A client that fails as told, once per entry, then answers; on a clock that only waits move. */
function openClient(failures: readonly Error[], options: Partial<RetryOptions> = {}) {
  const state = { calls: 0, now: 0, waits: [] as number[] }
  const retrying = retryQueries(
    {
      async execute() {
        const failure = failures[state.calls]
        state.calls += 1
        if (failure !== undefined) throw failure
        return { data: {} }
      },
    },
    {
      origin: { member: 'dcu' },
      log: silentLogger,
      now: () => state.now,
      wallNow: () => wallStart + state.now,
      random: () => 0.5,
      async wait(ms) {
        state.waits.push(ms)
        state.now += ms
      },
      ...options,
    },
  )
  return { state, retrying }
}

function toContext(deadlineAt = 10_000, signal = new AbortController().signal): RequestContext {
  return {
    requestId: 'test',
    signal,
    deadlineAt,
    headers: {},
    principal: anonymousPrincipal,
    outcomes: { record: () => {}, list: () => [] },
  }
}

describe('retries', () => {
  it.each([
    ['429', unavailable(429)],
    ['502', unavailable(502)],
    ['503', unavailable(503)],
    ['504', unavailable(504)],
    ['no connection', disconnected(true)],
  ])('ask again after %s, waiting longer each time', async (_name, failure) => {
    const { state, retrying } = openClient([failure, failure])
    expect(await retrying.execute(query, toContext())).toEqual({ data: {} })
    expect(state.waits).toEqual([75, 150])
  })

  it('end with the last failure after two more attempts', async () => {
    const last = unavailable(504)
    const { state, retrying } = openClient([unavailable(502), unavailable(503), last])
    await expect(retrying.execute(query, toContext())).rejects.toBe(last)
    expect(state.calls).toBe(3)
  })

  it.each([
    ['a 500', unavailable(500)],
    ['part of an answer', disconnected(false)],
    ['a timeout', new HubError('SUBGRAPH_TIMEOUT')],
    ['an answer that is not GraphQL', new HubError('SUBGRAPH_ANSWER_INVALID')],
    ['an answer too large', new HubError('SUBGRAPH_ANSWER_TOO_LARGE')],
    ['an abort', new HubError('REQUEST_ABORTED')],
    ['a bug', new TypeError('bug')],
  ])('do not follow %s', async (_name, failure) => {
    const { state, retrying } = openClient([failure])
    await expect(retrying.execute(query, toContext())).rejects.toBe(failure)
    expect(state.calls).toBe(1)
  })

  it('never follow a mutation', async () => {
    const { state, retrying } = openClient([unavailable(503)])
    const mutation: SubgraphRequest = { ...query, operationType: 'mutation' }
    await expect(retrying.execute(mutation, toContext())).rejects.toThrow()
    expect(state.calls).toBe(1)
  })

  it.each([
    ['seconds', '2'],
    ['a date', 'Mon, 23 Nov 2026 12:00:02 GMT'],
  ])('wait as long as Retry-After says in %s', async (_name, retryAfter) => {
    const { state, retrying } = openClient([unavailable(503, retryAfter)])
    await retrying.execute(query, toContext())
    expect(state.waits).toEqual([2_000])
  })

  it('do not wait for a time past the request’s deadline', async () => {
    const { state, retrying } = openClient([unavailable(503, '2')])
    await expect(retrying.execute(query, toContext(2_000))).rejects.toMatchObject({
      code: 'SUBGRAPH_UNREACHABLE',
    })
    expect(state).toEqual({ calls: 1, now: 0, waits: [] })
  })

  it('end when the client goes away during the wait', async () => {
    const controller = new AbortController()
    const { state, retrying } = openClient([unavailable(503)], {
      wait: async () => controller.abort(),
    })
    await expect(
      retrying.execute(query, toContext(10_000, controller.signal)),
    ).rejects.toMatchObject({ code: 'SUBGRAPH_UNREACHABLE' })
    expect(state.calls).toBe(1)
  })

  it('stay a fifth of all calls when every call fails', async () => {
    const { state, retrying } = openClient(
      Array.from({ length: 2_000 }, () => unavailable(503)),
      {
        wait: async () => {},
      },
    )
    for (let request = 0; request < 1_000; request += 1) {
      await retrying.execute(query, toContext()).catch(() => {})
    }
    // 1000 first attempts, 200 earned retries and the 10 there are to begin with.
    expect(state.calls).toBeGreaterThan(1_200)
    expect(state.calls).toBeLessThanOrEqual(1_210)
  })
})
