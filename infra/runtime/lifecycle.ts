import type { EventEmitter } from 'node:events'
import type { Logger } from './logger.js'

/** What a process has started and must stop, in order. */
export interface Lifecycle {
  /**
   * Takes over a started thing. Stops run in reverse order of this call, one after the other: what came last depends on
   * what came before. Called after the stop has begun (Ctrl-C during start-up), it stops the thing at once.
   *
   * @param timeoutMs - How long the shutdown waits for this stop before it goes on; default 10000.
   */
  own(name: string, stop: () => Promise<void>, timeoutMs?: number): Promise<void>
  /** Stops everything, once; further calls wait for the same stop. Returns the names that failed or took too long. */
  stop(): Promise<readonly string[]>
  /** Aborted when the stop begins. */
  readonly stopping: AbortSignal
}

interface Owned {
  readonly name: string
  readonly stop: () => Promise<void>
  readonly timeoutMs: number
}

export function createLifecycle(log: Logger): Lifecycle {
  const owned: Owned[] = []
  const controller = new AbortController()
  let stopped: Promise<readonly string[]> | undefined

  const stopAll = async () => {
    controller.abort()
    const failed: string[] = []
    for (let next = owned.pop(); next !== undefined; next = owned.pop()) {
      if (!(await stopOne(next, log))) failed.push(next.name)
    }
    return failed
  }
  return {
    stopping: controller.signal,
    own: async (name, stop, timeoutMs = 10_000) => {
      const entry = { name, stop, timeoutMs }
      if (stopped === undefined) owned.push(entry)
      else await stopOne(entry, log)
    },
    stop: () => {
      stopped ??= stopAll()
      return stopped
    },
  }
}

async function stopOne({ name, stop, timeoutMs }: Owned, log: Logger): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not stopped within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    await Promise.race([stop(), deadline])
    return true
  } catch (error) {
    log.error('stop failed', { name, error: String(error) })
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** How termination signals arrive and how the process ends: `process` itself, or a test's stand-in. */
export interface SignalSource {
  readonly signals: Pick<EventEmitter, 'on'>
  readonly exit: (code: number) => void
  /** Which signals end the process; default all three. A process that reloads on SIGHUP leaves that one out. */
  readonly names?: readonly ('SIGINT' | 'SIGTERM' | 'SIGHUP')[]
  /** Milliseconds; default `performance.now`. */
  readonly now?: () => number
}

const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Under npm one Ctrl-C arrives twice: from the terminal and forwarded. Only a later one is a second one. */
const sameSignalMs = 400

/**
 * Ends the process on SIGINT, SIGTERM or SIGHUP, unless `names` says otherwise: the first stops everything and exits with 0 (1 when a stop failed), a
 * second one while that is under way exits at once with 130.
 */
export function stopOnSignals(lifecycle: Lifecycle, source: SignalSource): void {
  const { signals, exit, names = endSignals, now = () => performance.now() } = source
  let firstAt: number | undefined
  const onSignal = () => {
    if (firstAt !== undefined) {
      if (now() - firstAt > sameSignalMs) exit(130)
      return
    }
    firstAt = now()
    lifecycle.stop().then(
      (failed) => exit(failed.length === 0 ? 0 : 1),
      () => exit(1),
    )
  }
  for (const name of names) signals.on(name, onSignal)
}
