import { setTimeout as sleep } from 'node:timers/promises'

/** Knows when this process, which holds clients and subgraphs, did not get the processor. */
export interface StarvationWatch {
  /** Whether it was held up at some time between two points of `performance.now()`. */
  wasStarved(from: number, to: number): boolean
  /** Longest time it was held up, in ms. */
  longestMs(): number
  stop(): Promise<void>
}

const everyMs = 20

/**
 * Watches a timer: a turn that comes much too late means that this process could neither ask, answer nor read. On a
 * machine that others use, too, that must not be taken for a fault of the gateway.
 *
 * @param heldUpMs - Held up longer than this, an answer that came late or not at all says nothing about the gateway.
 */
export function watchStarvation(heldUpMs: number): StarvationWatch {
  const gaps: { readonly from: number; readonly to: number }[] = []
  const stopped = new AbortController()
  let longestMs = 0

  async function watch(): Promise<void> {
    let from = performance.now()
    while (!stopped.signal.aborted) {
      await sleep(everyMs, undefined, { signal: stopped.signal })
      const to = performance.now()
      longestMs = Math.max(longestMs, to - from - everyMs)
      if (to - from - everyMs > heldUpMs) gaps.push({ from, to })
      from = to
    }
  }
  // Ends by the signal alone.
  const watching = watch().catch(() => {})
  return {
    wasStarved: (from, to) => gaps.some((gap) => gap.from <= to && gap.to >= from),
    longestMs: () => longestMs,
    async stop() {
      stopped.abort()
      await watching
    },
  }
}
