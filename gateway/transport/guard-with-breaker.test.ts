import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { type ErrorCode, HubError } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphClient, SubgraphRequest } from '../engine/subgraph-client.js'
import { type GuardedClient, guardWithBreaker } from './guard-with-breaker.js'

const request = {} as SubgraphRequest
const context = {} as RequestContext

/** A guarded client whose answers and clock the test decides. */
function openGuard() {
  const state = { code: null as ErrorCode | null, now: 0, calls: 0 }
  const client: SubgraphClient = {
    async execute() {
      state.calls += 1
      if (state.code !== null) throw new HubError(state.code)
      return { data: {} }
    },
  }
  const guarded = guardWithBreaker(client, {
    origin: { member: 'dcu' },
    log: silentLogger,
    rules: { failureThreshold: 2, openMs: 1_000 },
    now: () => state.now,
  })
  return { state, guarded }
}

async function codeOf(client: GuardedClient): Promise<string> {
  try {
    await client.execute(request, context)
    return 'ok'
  } catch (error) {
    return error instanceof HubError ? error.code : String(error)
  }
}

describe('a client behind a circuit breaker', () => {
  it('is not asked while open, then probed once, then asked again', async () => {
    const { state, guarded } = openGuard()
    state.code = 'SUBGRAPH_TIMEOUT'
    expect([await codeOf(guarded), await codeOf(guarded)]).toEqual([
      'SUBGRAPH_TIMEOUT',
      'SUBGRAPH_TIMEOUT',
    ])
    expect(await codeOf(guarded)).toBe('SUBGRAPH_CIRCUIT_OPEN')
    expect(state.calls).toBe(2)
    state.now = 1_000
    state.code = null
    expect(await codeOf(guarded)).toBe('ok')
    expect(await codeOf(guarded)).toBe('ok')
  })

  it('does not count a timeout that came of the little time its caller had left', async () => {
    const outcomes: string[] = []
    for (const timeoutMs of [11, 12, 99, 100, 500]) {
      const failing: SubgraphClient = {
        execute: async () => {
          throw new HubError('SUBGRAPH_TIMEOUT', { timeoutMs })
        },
      }
      const options = { origin: {}, log: silentLogger, longestMs: 3_000 }
      const rules = { failureThreshold: 1, openMs: 1_000 }
      const guarded = guardWithBreaker(failing, { ...options, rules, now: () => 0 })
      await codeOf(guarded)
      outcomes.push(await codeOf(guarded))
    }
    expect(outcomes).toEqual([
      ...Array(3).fill('SUBGRAPH_TIMEOUT'),
      ...Array(2).fill('SUBGRAPH_CIRCUIT_OPEN'),
    ])
  })

  it('stays open for another while when the probe fails', async () => {
    const { state, guarded } = openGuard()
    state.code = 'SUBGRAPH_UNREACHABLE'
    await codeOf(guarded)
    await codeOf(guarded)
    state.now = 1_500
    expect(await codeOf(guarded)).toBe('SUBGRAPH_UNREACHABLE')
    state.now = 2_400
    expect(await codeOf(guarded)).toBe('SUBGRAPH_CIRCUIT_OPEN')
  })

  it('does not count a client that went away', async () => {
    const { state, guarded } = openGuard()
    state.code = 'REQUEST_ABORTED'
    for (let call = 0; call < 5; call += 1) expect(await codeOf(guarded)).toBe('REQUEST_ABORTED')
  })

  it('lets the next call probe when the client of a probe went away', async () => {
    const { state, guarded } = openGuard()
    state.code = 'SUBGRAPH_UNREACHABLE'
    await codeOf(guarded)
    await codeOf(guarded)
    state.now = 1_000
    state.code = 'REQUEST_ABORTED'
    expect(await codeOf(guarded)).toBe('REQUEST_ABORTED')
    state.code = null
    expect(await codeOf(guarded)).toBe('ok')
  })

  it('lets one call probe at once after a contract check, and stays open when that call fails', async () => {
    const { state, guarded } = openGuard()
    state.code = 'SUBGRAPH_UNREACHABLE'
    await codeOf(guarded)
    await codeOf(guarded)
    state.code = null
    await guarded.probe(request, context)
    state.code = 'SUBGRAPH_TIMEOUT'
    expect(await codeOf(guarded)).toBe('SUBGRAPH_TIMEOUT')
    expect(await codeOf(guarded)).toBe('SUBGRAPH_CIRCUIT_OPEN')
    state.code = null
    await guarded.probe(request, context)
    expect(await codeOf(guarded)).toBe('ok')
    expect(await codeOf(guarded)).toBe('ok')
  })
})
