import { isDeepStrictEqual } from 'node:util'
import type { Logger } from '../../infra/runtime/index.js'
import type { MemberOutcome } from '../../schema/index.js'
import type { CacheMetrics } from '../cache/cache-metrics.js'
import type { ResponseCache } from '../cache/response-cache.js'
import { withoutTime } from './answer-extensions.js'
import { toResponseKey } from './kept-answer.js'
import type { OpenRequest } from './requests-in-flight.js'
import type { SharedAnswers } from './shared-answers.js'

export interface ShadowAnswerOptions {
  readonly responses: ResponseCache
  readonly metrics: Pick<CacheMetrics, 'compared'>
  readonly log: Logger
}

/** What of an answer is the same whenever it was made. */
interface Comparable {
  readonly data: unknown
  readonly members: readonly Omit<MemberOutcome, 'tookMs'>[]
}

/**
 * Whole answers in shadow mode: none is served, every live one that would be kept is, and the next is compared with it, data
 * and members' outcomes. A report has no word of what was asked or answered.
 */
export function createShadowAnswers(options: ShadowAnswerOptions): SharedAnswers {
  const { responses, metrics, log } = options

  async function compare(
    key: string,
    hub: OpenRequest,
    answer: { readonly contentType: string; readonly body: string },
  ): Promise<void> {
    const kept = responses.find(key) ?? (await responses.load(key))
    const sharing = await hub.shadowedSharing()
    // Only what everybody may get would have been served, or would be kept now.
    if (sharing === undefined || hub.edition === undefined) return
    if (kept !== undefined) {
      const isSame = isDeepStrictEqual(
        toComparable(kept.body.toString('utf8')),
        toComparable(answer.body),
      )
      metrics.compared('answer', isSame)
      if (isSame) return
      const ageSeconds = Math.round((Date.now() - kept.storedAt) / 1_000)
      log.warn('kept and live whole answers differ', { ageSeconds })
    }
    responses.keep(key, answer, sharing, hub.edition)
  }

  return {
    edition: responses.edition,
    find: () => false,
    load: async () => false,
    send(request, reply, hub, answer) {
      reply.header('cache-control', 'no-store').send(answer.body)
      const key = toResponseKey(request.raw, request.bodyText)
      if (key === undefined) return
      compare(key, hub, answer).catch((error: unknown) => {
        const name = error instanceof Error ? error.name : 'unknown'
        log.warn('a whole answer could not be compared', { error: name })
      })
    },
  }
}

function toComparable(body: string): Comparable {
  const { data, extensions } = JSON.parse(body) as {
    readonly data?: unknown
    readonly extensions?: { readonly hub?: { readonly members?: readonly MemberOutcome[] } }
  }
  return { data, members: (extensions?.hub?.members ?? []).map(withoutTime) }
}
