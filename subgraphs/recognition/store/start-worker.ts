import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '../../../infra/runtime/index.js'

export interface WorkerOptions {
  /** For the log. */
  readonly name: string
  /** Does a piece of work; true when there may be more right away. Safe to repeat after a failure. */
  readonly step: () => Promise<boolean>
  /** How long to wait when there is nothing to do and nobody wakes it. */
  readonly pollMs: number
  readonly log: Logger
}

export interface RunningWorker {
  /** There may be something to do: does not wait for the next poll. */
  wake(): void
  /** Everything that was there when asked is done, or `deadlineMs` is over: true when done. */
  settle(deadlineMs: number): Promise<boolean>
  /** Ends after the piece of work under way. */
  stop(): Promise<void>
}

/** Works off pieces until none is left, then waits to be woken; first at once. A failure is logged and tried again. */
export function startWorker({ name, step, pollMs, log }: WorkerOptions): RunningWorker {
  const stopping = new AbortController()
  let alarm = new AbortController()
  let wakeUps = 1
  let served = 0
  const waiting: (() => void)[] = []

  const run = async () => {
    while (!stopping.signal.aborted) {
      // What wakes from here on is heard, at the latest by the next round.
      alarm = new AbortController()
      const heard = wakeUps
      let failed = false
      try {
        while (!stopping.signal.aborted && (await step())) {}
      } catch (error) {
        failed = true
        // A driver's message may hold values of people's records: the name has to do.
        log.error('follow-up failed, to be tried again', {
          worker: name,
          error: error instanceof Error ? error.name : 'unknown',
        })
      }
      if (!failed) {
        served = heard
        for (const resolve of waiting.splice(0)) resolve()
      }
      if (stopping.signal.aborted || (!failed && wakeUps > heard)) continue
      await pause(pollMs, undefined, { signal: alarm.signal }).catch(() => undefined)
    }
  }
  const running = run()

  const wake = () => {
    wakeUps += 1
    alarm.abort()
  }
  return {
    wake,
    settle: async (deadlineMs) => {
      wake()
      const wanted = wakeUps
      const deadline = AbortSignal.timeout(deadlineMs)
      while (served < wanted && !deadline.aborted && !stopping.signal.aborted) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve)
          deadline.addEventListener('abort', () => resolve(), { once: true })
          stopping.signal.addEventListener('abort', () => resolve(), { once: true })
        })
      }
      return served >= wanted
    },
    stop: async () => {
      stopping.abort()
      alarm.abort()
      await running
    },
  }
}
