import { describe, expect, it } from 'vitest'
import { anonymousPrincipal, HubError } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer, SubgraphRequest } from '../engine/subgraph-client.js'
import { coalesceQueries, defaultCoalescingRules } from './coalesce-queries.js'
import { createRequestPrinter } from './print-request-body.js'

const query: SubgraphRequest = {
  query: 'query($id: ID) { a(id: $id) { b } }',
  operationName: undefined,
  operationType: 'query',
  variables: { id: '1' },
  representations: {},
}
const mutation: SubgraphRequest = { ...query, operationType: 'mutation', query: 'mutation { c }' }

interface UpstreamCall {
  readonly context: RequestContext
  answer(answer: SubgraphAnswer): void
  fail(error: unknown): void
}

/** A client whose calls end when the test says so; like the HTTP client it fails with the reason of an abort. */
function openClient(rules = defaultCoalescingRules) {
  const calls: UpstreamCall[] = []
  const clock = { now: 0 }
  const client = coalesceQueries(
    {
      execute: (_request, context) =>
        new Promise((resolve, reject) => {
          context.signal.addEventListener('abort', () => reject(context.signal.reason))
          calls.push({ context, answer: resolve, fail: reject })
        }),
    },
    {
      origin: { member: 'dcu' },
      timeoutMs: 1_500,
      print: createRequestPrinter(),
      rules,
      now: () => clock.now,
    },
  )
  return { calls, clock, client }
}

function toContext(parts: Partial<RequestContext> = {}): RequestContext {
  return {
    requestId: 'test',
    signal: new AbortController().signal,
    deadlineAt: 1_500,
    headers: {},
    principal: anonymousPrincipal,
    outcomes: { record: () => {}, list: () => [] },
    ...parts,
  }
}

describe('coalescing', () => {
  it('makes one call for identical queries, and gives each data of its own', async () => {
    const { calls, client } = openClient()
    const waiting = [1, 2, 3].map(() => client.execute({ ...query }, toContext()))
    expect(calls).toHaveLength(1)
    calls[0]?.answer({ data: { a: { list: [{ b: 1 }] } }, errors: [{ message: 'x', path: ['a'] }] })
    const [first, ...others] = await Promise.all(waiting)
    const a = first?.data?.a as { list: unknown[] }
    a.list.push('changed')
    for (const other of others) {
      expect(other).toEqual({
        data: { a: { list: [{ b: 1 }] } },
        errors: [{ message: 'x', path: ['a'] }],
      })
    }
    expect(others[0]?.data?.a).not.toBe(others[1]?.data?.a)
  })

  it.each<[string, Partial<SubgraphRequest>, Record<string, string>]>([
    ['query', { query: '{ a }' }, {}],
    ['operation name', { operationName: 'Other' }, {}],
    ['variable', { variables: { id: '2' } }, {}],
    ['variable’s type', { variables: { id: 1 } }, {}],
    ['representation', { representations: { id: ['"1"'] } }, {}],
    ['header', {}, { 'accept-language': 'ga' }],
    ['identity', {}, { authorization: 'Bearer b' }],
  ])('keeps calls apart that differ in a %s', async (_name, parts, headers) => {
    const { calls, client } = openClient()
    const one = client.execute(query, toContext({ headers: { authorization: 'Bearer a' } }))
    const other = client.execute(
      { ...query, ...parts },
      toContext({ headers: { authorization: 'Bearer a', ...headers } }),
    )
    expect(calls).toHaveLength(2)
    calls[0]?.answer({ data: { of: 'one' } })
    calls[1]?.answer({ data: { of: 'other' } })
    expect(await one).toEqual({ data: { of: 'one' } })
    expect(await other).toEqual({ data: { of: 'other' } })
  })

  it('cannot be fooled by a header that looks like two', async () => {
    const { calls, client } = openClient()
    void client.execute(query, toContext({ headers: { a: '1","b","2' } })).catch(() => {})
    void client.execute(query, toContext({ headers: { a: '1', b: '2' } })).catch(() => {})
    expect(calls).toHaveLength(2)
  })

  it('shares between traces, for a trace cannot change an answer', () => {
    const { calls, client } = openClient()
    void client.execute(query, toContext({ headers: { traceparent: 'a', tracestate: 'x=1' } }))
    void client.execute(query, toContext({ headers: { traceparent: 'b' } }))
    expect(calls).toHaveLength(1)
  })

  it('does not join a call that has ended, nor one begun too long ago', () => {
    const { calls, clock, client } = openClient()
    void client.execute(query, toContext())
    clock.now = 251
    void client.execute(query, toContext())
    expect(calls).toHaveLength(2)
    clock.now = 400
    void client.execute(query, toContext())
    expect(calls).toHaveLength(2)
  })

  it('never shares a mutation, and after one begins every query anew', async () => {
    const { calls, client } = openClient()
    void client.execute(query, toContext())
    const changed = [1, 2].map(() => client.execute(mutation, toContext()))
    expect(calls).toHaveLength(3)
    calls[1]?.answer({ data: { c: 1 } })
    calls[2]?.answer({ data: { c: 2 } })
    expect(await Promise.all(changed)).toEqual([{ data: { c: 1 } }, { data: { c: 2 } }])
    void client.execute(query, toContext())
    expect(calls).toHaveLength(4)
  })

  it('lets one waiter go away without disturbing the other, and ends the call with the last', async () => {
    const { calls, client } = openClient()
    const controllers = [new AbortController(), new AbortController()]
    const waiting = controllers.map(({ signal }) => client.execute(query, toContext({ signal })))
    const left = Promise.allSettled(waiting)
    controllers[0]?.abort()
    await expect(waiting[0]).rejects.toMatchObject({ code: 'REQUEST_ABORTED' })
    expect(calls[0]?.context.signal.aborted).toBe(false)
    controllers[1]?.abort()
    expect(calls[0]?.context.signal.aborted).toBe(true)
    expect((await left).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    void client.execute(query, toContext()).catch(() => {})
    expect(calls).toHaveLength(2)
  })

  it('holds each waiter to its own deadline, and a passed one does not end the call of the others', async () => {
    const { calls, client } = openClient()
    const short = client.execute(query, toContext({ deadlineAt: 10 }))
    const long = client.execute(query, toContext())
    await expect(short).rejects.toMatchObject({
      code: 'SUBGRAPH_TIMEOUT',
      details: { member: 'dcu', timeoutMs: 10 },
    })
    expect(calls[0]?.context.signal.aborted).toBe(false)
    calls[0]?.answer({ data: {} })
    expect(await long).toEqual({ data: {} })
  })

  it('ends a call nobody waits for any more with the timeout of the last, so that a breaker counts it', async () => {
    const { calls, client } = openClient()
    await client.execute(query, toContext({ deadlineAt: 10 })).catch(() => {})
    expect(calls[0]?.context.signal.reason).toMatchObject({ code: 'SUBGRAPH_TIMEOUT' })
  })

  it('gives a failure to all that wait', async () => {
    const { calls, client } = openClient()
    const waiting = [1, 2].map(() => client.execute(query, toContext()))
    const failure = new HubError('SUBGRAPH_UNREACHABLE')
    calls[0]?.fail(failure)
    expect(await Promise.allSettled(waiting)).toEqual([
      { status: 'rejected', reason: failure },
      { status: 'rejected', reason: failure },
    ])
  })

  it('asks nobody for a request that is aborted already', async () => {
    const { calls, client } = openClient()
    const context = toContext({ signal: AbortSignal.abort() })
    await expect(client.execute(query, context)).rejects.toMatchObject({ code: 'REQUEST_ABORTED' })
    expect(calls).toHaveLength(0)
  })

  it('makes calls of their own when too many wait, or too many calls are under way', () => {
    const { calls, client } = openClient({
      joinWithinMs: 250,
      maximumCalls: 1,
      maximumWaiters: 2,
    })
    const others = { ...query, variables: { id: '2' } }
    for (let index = 0; index < 3; index += 1) void client.execute(query, toContext())
    expect(calls).toHaveLength(2)
    for (let index = 0; index < 2; index += 1) void client.execute(others, toContext())
    expect(calls).toHaveLength(4)
  })

  it('reads nothing of a context whose parts are made when first read', () => {
    const { calls, client } = openClient()
    let reads = 0
    const context = toContext()
    const lazy = Object.create(null, {
      ...Object.getOwnPropertyDescriptors(context),
      requestId: {
        get: () => {
          reads += 1
          return 'lazy'
        },
      },
    }) as RequestContext
    void client.execute(query, lazy)
    expect(reads).toBe(0)
    expect(calls[0]?.context.requestId).toBe('lazy')
  })
})
