import type { Logger } from '../../infra/runtime/index.js'
import { toFailureLine } from './failure-line.js'
import { areSameSources, type GatewaySources } from './gateway-sources.js'

/** Takes over changed sources while the gateway runs. */
export interface Reloader {
  /**
   * Reads the sources again and applies them if they differ. Never rejects: faulty ones are logged and left.
   * Requests that come while a reload runs are served by one more reload after it.
   */
  request(reason: string): Promise<void>
}

export interface ReloaderOptions {
  /** What is served when the reloader is made. */
  readonly first: GatewaySources
  readonly load: () => Promise<GatewaySources>
  /** Rejects, and changes nothing, when the sources are faulty. */
  readonly apply: (sources: GatewaySources) => Promise<void>
  readonly log: Logger
}

export function createReloader({ first, load, apply, log }: ReloaderOptions): Reloader {
  let served = first
  let running: Promise<void> | undefined
  let following: Promise<void> | undefined

  async function reload(reason: string): Promise<void> {
    const startedAt = performance.now()
    try {
      const sources = await load()
      if (areSameSources(sources, served)) {
        log.info('reload: nothing has changed', { reason })
        return
      }
      await apply(sources)
      served = sources
      log.info('reloaded', { reason, tookMs: Math.round(performance.now() - startedAt) })
    } catch (error) {
      log.error('reload refused, the old sources stay', { reason, error: toFailureLine(error) })
    }
  }

  function start(reason: string): Promise<void> {
    running = reload(reason).finally(() => {
      running = undefined
    })
    return running
  }

  return {
    request(reason) {
      if (running === undefined) return start(reason)
      following ??= running.then(() => {
        following = undefined
        return start(reason)
      })
      return following
    },
  }
}
