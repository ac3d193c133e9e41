/** Decides when one member is checked again. Its timers keep no process alive. */
export interface RecheckTimer {
  /** Plans the next check; `isChanged` starts the waits over, else the wait doubles. */
  continue(isChanged: boolean): void
  /** No further check until asked for. */
  rest(): void
  /** Checks at once, but at most every `recheckMs`. */
  hurry(): void
  stop(): void
}

export interface RecheckTimerOptions {
  readonly recheckMs: number
  readonly maximumRecheckMs: number
  /** Runs a check; it calls `continue` or `rest` when done. */
  readonly run: () => Promise<void>
  /** Milliseconds of a steady clock; default `performance.now`. */
  readonly now?: () => number
}

/** A timer for one member: waits `recheckMs`, then twice as long each time nothing has changed. */
export function createRecheckTimer(options: RecheckTimerOptions): RecheckTimer {
  const { recheckMs, maximumRecheckMs, run, now = () => performance.now() } = options
  let delayMs = recheckMs
  let timer: NodeJS.Timeout | undefined
  let isRunning = false
  let isStopped = false
  let ranAt = Number.NEGATIVE_INFINITY

  function plan(waitMs: number): void {
    clearTimeout(timer)
    if (isStopped) return
    timer = setTimeout(() => void runOnce(), waitMs)
    timer.unref()
  }

  async function runOnce(): Promise<void> {
    isRunning = true
    ranAt = now()
    try {
      await run()
    } finally {
      isRunning = false
    }
  }

  return {
    continue(isChanged) {
      delayMs = isChanged ? recheckMs : Math.min(delayMs * 2, maximumRecheckMs)
      plan(delayMs)
    },
    rest() {
      clearTimeout(timer)
      delayMs = recheckMs
    },
    hurry() {
      if (isRunning) return
      plan(Math.max(0, ranAt + recheckMs - now()))
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
