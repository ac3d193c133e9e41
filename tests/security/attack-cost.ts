import { monitorEventLoopDelay } from 'node:perf_hooks'

/** What an attack cost the process it was aimed at. */
export interface AttackCost {
  /** Longest time the event loop stood still, in ms. */
  readonly stallMs: number
  /** Time until the attacker had all answers, in ms. */
  readonly tookMs: number
}

/**
 * Runs an attack on a hub in this process and measures the event loop meanwhile; prints the cost beside its name. The test's own
 * client runs on the same loop, so the figure is an upper bound.
 */
export async function measureAttack<Result>(
  name: string,
  attack: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly cost: AttackCost }> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const startedAt = performance.now()
  try {
    const result = await attack()
    const tookMs = performance.now() - startedAt
    // One more turn, so that a stall that has only just ended is counted.
    await new Promise((resolve) => setTimeout(resolve, 5))
    const cost = { stallMs: Math.max(0, delay.max / 1e6 - 1), tookMs }
    console.info(
      `${name}: event loop ${cost.stallMs.toFixed(1)} ms, in all ${tookMs.toFixed(1)} ms`,
    )
    return { result, cost }
  } finally {
    delay.disable()
  }
}

/** Generous: the machine may be busy. What an attack that works would cost is tens of seconds. */
export const longestStallMs = 2_000
