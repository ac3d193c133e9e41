import { HubError } from '../../schema/index.js'
import type { SubgraphClient } from '../engine/subgraph-client.js'
import { type AnswerOrigin, describeOrigin } from './read-answer.js'

/** How much one process may ask of one subgraph. */
export interface CallBudget {
  /** Most calls under way at the same time. */
  readonly concurrency: number
  /** Most calls per second, 0 for any number. */
  readonly callsPerSecond: number
}

export interface CallLimitOptions {
  readonly origin: AnswerOrigin
  readonly budget: CallBudget
  /** Milliseconds of a steady clock; default `performance.now`. */
  readonly now?: () => number
}

/**
 * Protects a subgraph from the hub: what goes beyond its budget is refused at once with `MEMBER_BUDGET_EXCEEDED`, not queued. A
 * queue would only make a small university's server answer late, for everybody.
 */
export function limitCalls(client: SubgraphClient, options: CallLimitOptions): SubgraphClient {
  const { origin, budget, now = () => performance.now() } = options
  const { concurrency, callsPerSecond } = budget
  let underWay = 0
  /** Calls that may go out at once: a second's worth at most. */
  let tokens = callsPerSecond
  let filledAt = now()

  function takeToken(): boolean {
    if (callsPerSecond === 0) return true
    const time = now()
    tokens = Math.min(callsPerSecond, tokens + ((time - filledAt) / 1_000) * callsPerSecond)
    filledAt = time
    if (tokens < 1) return false
    tokens -= 1
    return true
  }

  return {
    async execute(request, context) {
      const limit = underWay >= concurrency ? concurrency : takeToken() ? undefined : callsPerSecond
      if (limit !== undefined) {
        const message = `${describeOrigin(origin)} is asked as often as it may be asked`
        throw new HubError('MEMBER_BUDGET_EXCEEDED', { ...origin, message, limit })
      }
      underWay += 1
      try {
        return await client.execute(request, context)
      } finally {
        underWay -= 1
      }
    },
  }
}
