import { HubError } from '../../schema/index.js'

/** Keeps a Redis that does not answer from being asked by every request. */
export interface RedisGuard {
  /** @throws HubError `REDIS_UNAVAILABLE` without asking while the guard is open, or when the work fails. */
  run<Result>(work: () => Promise<Result>): Promise<Result>
  /** Whether the Redis is taken to be down. */
  isOpen(): boolean
}

/** After so many failures in a row nothing is asked for a moment. */
const failuresToOpen = 5
const openMs = 500

/** No answer in time. */
class Late extends Error {}

export interface RedisGuardOptions {
  /** Longest wait for an answer. */
  readonly timeoutMs: number
  /** Milliseconds of a steady clock. */
  readonly now: () => number
}

/** A deadline and a circuit breaker: after a few failures in a row it is open for half a second, then one command tries. */
export function createRedisGuard({ timeoutMs, now }: RedisGuardOptions): RedisGuard {
  let failures = 0
  let openUntil = 0
  let isTrying = false

  function isOpen(): boolean {
    return failures >= failuresToOpen
  }

  return {
    isOpen,
    async run(work) {
      const isTrial = isOpen()
      if (isTrial && (isTrying || now() < openUntil)) throw new HubError('REDIS_UNAVAILABLE')
      isTrying = isTrial
      try {
        const result = await withDeadline(work(), timeoutMs)
        failures = 0
        return result
      } catch (cause) {
        failures += 1
        if (isOpen()) openUntil = now() + openMs
        throw new HubError('REDIS_UNAVAILABLE', { cause })
      } finally {
        if (isTrial) isTrying = false
      }
    },
  }
}

/**
 * Waits no longer than the deadline. When a long turn of the event loop has held up both, the answer that is there goes
 * first: timers run before sockets are read, and a busy process must not take its Redis to be down.
 */
function withDeadline<Result>(work: Promise<Result>, timeoutMs: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      setImmediate(() => setImmediate(() => reject(new Late())))
    }, timeoutMs)
    work.then(
      (result) => {
        clearTimeout(timer)
        resolve(result)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}
