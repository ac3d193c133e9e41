export interface RetryBudgetRules {
  /** Retries earned by each request. 0.2: at most one retry for five requests. */
  readonly retriesPerRequest: number
  /** Retries there are to begin with, and again, one a second, after all are spent: for subgraphs seldom asked. */
  readonly floor: number
  /** Most retries that can be saved up. */
  readonly ceiling: number
}

export const defaultRetryBudget: RetryBudgetRules = {
  retriesPerRequest: 0.2,
  floor: 10,
  ceiling: 100,
}

/** Keeps retries a small part of all requests, so that a subgraph in trouble is not asked three times as much. */
export interface RetryBudget {
  /** Notes a first attempt. */
  earn(): void
  /** Takes one retry; false when there is none left. */
  spend(): boolean
}

/** A token bucket, one per subgraph. @param now - Milliseconds of a steady clock. */
export function createRetryBudget(
  { retriesPerRequest, floor, ceiling }: RetryBudgetRules,
  now: () => number,
): RetryBudget {
  let tokens = floor
  let refilledAt = now()

  /** Time refills up to the floor only; more than that must be earned. */
  function refill(): void {
    const elapsedMs = now() - refilledAt
    refilledAt += elapsedMs
    if (tokens < floor) tokens = Math.min(floor, tokens + elapsedMs / 1_000)
  }

  return {
    earn() {
      tokens = Math.min(ceiling, tokens + retriesPerRequest)
    },
    spend() {
      refill()
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}
