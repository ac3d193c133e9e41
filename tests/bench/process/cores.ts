import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** Where the measured gateway runs, and where everything else does. */
export interface Cores {
  /** Prefix of a command line that pins it; empty where pinning is not possible. */
  readonly gateway: readonly string[]
  readonly others: readonly string[]
  readonly isPinned: boolean
}

/** The gateway gets core 0, load and subgraphs core 1. Without `taskset` or a second core nothing is pinned. */
export function chooseCores(): Cores {
  const hasTaskset = spawnSync('taskset', ['-c', '0,1', 'true']).status === 0
  if (!hasTaskset || availableParallelism() < 2) {
    return { gateway: [], others: [], isPinned: false }
  }
  return { gateway: ['taskset', '-c', '0'], others: ['taskset', '-c', '1'], isPinned: true }
}
