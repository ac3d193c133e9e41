import type { Spending } from './point-budget.js'

/** What the limits know of one request, for its headers. */
export interface LimitReport {
  readonly cost: number
  readonly spending: Spending | undefined
  readonly windowSeconds: number
}

/**
 * Headers that tell a client what its request cost and what it has left.
 *
 * @see draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy`, `RateLimit`; `hub-cost` is ours.
 */
export function toLimitHeaders(report: LimitReport): readonly (readonly [string, string])[] {
  const { cost, spending, windowSeconds } = report
  const headers: [string, string][] = [['hub-cost', String(cost)]]
  if (spending === undefined) return headers
  const { limit, remaining, resetMs, isAllowed } = spending
  const resetSeconds = Math.ceil(resetMs / 1_000)
  headers.push(
    ['ratelimit-policy', `"points";q=${limit};w=${windowSeconds}`],
    ['ratelimit', `"points";r=${Math.floor(remaining)};t=${resetSeconds}`],
  )
  if (!isAllowed) headers.push(['retry-after', String(Math.max(1, resetSeconds))])
  return headers
}
