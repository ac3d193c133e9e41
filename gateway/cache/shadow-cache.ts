import { isDeepStrictEqual } from 'node:util'
import type { Logger } from '../../infra/runtime/index.js'
import { createCacheLog } from '../engine/cache-log.js'
import type { AnswerCache } from './answer-cache.js'
import type { CacheMetrics } from './cache-metrics.js'

export interface ShadowOptions {
  readonly metrics: CacheMetrics
  readonly log: Logger
}

/**
 * Fetches every answer and serves that, compares it with what would have been served from the cache, and reports what
 * differs: to try a cache on live traffic before anybody depends on it.
 */
export function createShadowCache(
  cache: AnswerCache,
  { metrics, log }: ShadowOptions,
): AnswerCache {
  return {
    ...cache,
    async answer(questions, fetch, options) {
      if (options.unreachable !== undefined) throw options.unreachable
      const live = await fetch([...questions.keys()])
      const notes = createCacheLog()
      const kept = await cache.answer(
        questions,
        async (indices) => indices.flatMap((index) => live[index] ?? []),
        { ...options, log: notes },
      )
      for (const [index, one] of kept.entries()) {
        const note = notes.list()[index]
        if (note === undefined || note.status === 'miss' || note.status === 'bypass') continue
        const isSame = isDeepStrictEqual(one.value, live[index]?.value)
        metrics.compared(isSame)
        const { member, subject, status, ageSeconds } = note
        if (!isSame)
          log.warn('kept and live answers differ', { member, subject, status, ageSeconds })
      }
      return live.map(({ value, errors }) => ({ value, errors, isShared: true }))
    },
  }
}
