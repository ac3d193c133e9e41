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

/**
 * A circuit breaker: after a few failures in a row it is open for half a second, then one command tries.
 *
 * @param now - Milliseconds of a steady clock.
 */
export function createRedisGuard(now: () => number): RedisGuard {
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
        const result = await work()
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
