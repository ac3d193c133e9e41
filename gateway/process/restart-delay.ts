/** When a crashed worker is started again. */
export interface RestartRules {
  /** Wait after the first crash. */
  readonly firstMs: number
  /** The wait doubles with every crash in a row, up to this. */
  readonly maximumMs: number
  /** A worker that has run this long is healthy: its crash counts as the first. */
  readonly healthyAfterMs: number
}

export const defaultRestartRules: RestartRules = {
  firstMs: 100,
  maximumMs: 10_000,
  healthyAfterMs: 30_000,
}

/** How often a worker's place has crashed in a row, this crash included. */
export function countCrash(before: number, ranMs: number, rules: RestartRules): number {
  return ranMs >= rules.healthyAfterMs ? 1 : before + 1
}

/** How long to wait before the next start, in ms. */
export function toRestartDelay(crashesInARow: number, rules: RestartRules): number {
  return Math.min(rules.firstMs * 2 ** (crashesInARow - 1), rules.maximumMs)
}
