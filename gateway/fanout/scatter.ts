/** How one call of a scatter ended. */
export type ScatterResult<Value> =
  | { readonly kind: 'answered'; readonly value: Value; readonly tookMs: number }
  | { readonly kind: 'failed'; readonly error: unknown; readonly tookMs: number }
  /** No answer before the deadline; whatever comes later is dropped. */
  | { readonly kind: 'timeout'; readonly tookMs: number }

export interface ScatterOptions {
  /** When to stop waiting, on the clock of `now`. */
  readonly deadlineAt: number
  /** Milliseconds of a steady clock; default `performance.now`. */
  readonly now?: () => number
}

/**
 * Makes all calls at the same time and reports how each ended, in their order. Never rejects and is never later than
 * the deadline: one member being down or silent must not empty or hold up the whole page.
 */
export function scatter<Value>(
  calls: readonly (() => Promise<Value>)[],
  { deadlineAt, now = () => performance.now() }: ScatterOptions,
): Promise<readonly ScatterResult<Value>[]> {
  if (calls.length === 0) return Promise.resolve([])
  const startedAt = now()
  return new Promise((resolve) => {
    const results: (ScatterResult<Value> | undefined)[] = calls.map(() => undefined)
    let pending = calls.length

    function settle(index: number, result: ScatterResult<Value>): void {
      if (results[index] !== undefined) return
      results[index] = result
      pending -= 1
      if (pending > 0) return
      clearTimeout(timer)
      resolve(results.filter((one) => one !== undefined))
    }
    // One timer for all: they share the deadline.
    const timer = setTimeout(
      () => {
        const tookMs = elapsed(startedAt, now)
        for (const index of calls.keys()) settle(index, { kind: 'timeout', tookMs })
      },
      Math.max(0, deadlineAt - startedAt),
    )
    for (const [index, call] of calls.entries()) {
      call().then(
        (value) => settle(index, { kind: 'answered', value, tookMs: elapsed(startedAt, now) }),
        (error: unknown) =>
          settle(index, { kind: 'failed', error, tookMs: elapsed(startedAt, now) }),
      )
    }
  })
}

function elapsed(startedAt: number, now: () => number): number {
  return Math.round((now() - startedAt) * 10) / 10
}
