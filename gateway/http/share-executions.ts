import { createTransientMap } from '../../infra/runtime/index.js'

/** Lets equal requests under way at the same time share one execution. */
export interface ExecutionSharing<Result> {
  /**
   * The result of an execution under this key that is still running, or of `execute`. Only a result that `isShareable` is
   * given to others; when it turns out not to be, each of them executes for itself.
   *
   * @param key - The same for two requests only if they must get the same answer, whoever asks.
   */
  run(key: string, execute: () => Promise<Result>): Promise<Result>
}

export interface ExecutionSharingOptions<Result> {
  /** Whether a result may be given to others; failures may not: they may be one request's alone. */
  readonly isShareable: (result: Result) => boolean
  /** Milliseconds of a steady clock; default `performance.now`. */
  readonly now?: () => number
}

interface Execution<Result> {
  readonly startedAt: number
  readonly result: Promise<Result>
}

/** An execution older than this is not joined any more: it bounds how old an answer can be. */
const joinWithinMs = 250

/** Most executions that can be joined at a time. */
const executionsKept = 10_000

/**
 * Sharing fetches saves the calls, sharing executions also the merging, completing and printing: when a portal's front page
 * goes out, everybody asks the same at once.
 */
export function createExecutionSharing<Result>(
  options: ExecutionSharingOptions<Result>,
): ExecutionSharing<Result> {
  const { isShareable, now = () => performance.now() } = options
  const underWay = createTransientMap<string, Execution<Result>>()

  function begin(key: string, execute: () => Promise<Result>): Promise<Result> {
    const execution = { startedAt: now(), result: execute() }
    if (underWay.size >= executionsKept && !underWay.has(key)) return execution.result
    underWay.set(key, execution)
    const forget = (): void => {
      if (underWay.get(key) === execution) underWay.delete(key)
    }
    execution.result.then(forget, forget)
    return execution.result
  }

  return {
    async run(key, execute) {
      const known = underWay.get(key)
      if (known === undefined || now() - known.startedAt > joinWithinMs) return begin(key, execute)
      // The first one's failure is its own: it may have hung up, or have had less time left.
      const result = await known.result.catch(() => undefined)
      return result !== undefined && isShareable(result) ? result : execute()
    },
  }
}
