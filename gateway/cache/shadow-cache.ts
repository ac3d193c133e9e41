import { isDeepStrictEqual } from 'node:util'
import type { Logger } from '../../infra/runtime/index.js'
import { type CacheNote, createCacheLog, shadowReason } from '../engine/cache-log.js'
import type { AnswerCache, AnswerOptions } from './answer-cache.js'
import type { CacheMetrics } from './cache-metrics.js'
import type { Fetched, Question } from './question.js'

export interface ShadowOptions {
  readonly metrics: CacheMetrics
  readonly log: Logger
}

/**
 * Fetches every answer and serves that. Beside it, without anybody waiting, it looks what would have been served from
 * the cache, and reports what differs: to try a cache on live traffic before anybody depends on it. A report names member
 * and subject, never what was asked or answered.
 */
export function createShadowCache(
  cache: AnswerCache,
  { metrics, log }: ShadowOptions,
): AnswerCache {
  /** One question at a time, so that its note is the only one. @returns How it would have been answered. */
  async function compare(
    question: Question,
    live: Fetched,
    options: Pick<AnswerOptions, 'deadlineAt'>,
  ): Promise<CacheNote | undefined> {
    const notes = createCacheLog()
    const [kept] = await cache.answer([question], async () => [live], {
      deadlineAt: options.deadlineAt,
      log: notes,
    })
    const [note] = notes.list()
    if (note === undefined || note.status === 'miss' || note.status === 'bypass') return note
    // A member that fails now would have been stood in for: no difference, but what a cache is for.
    if (!live.isSound || live.errors.length > 0) return note
    const isSame = isDeepStrictEqual(kept?.value, live.value)
    metrics.compared('part', isSame)
    if (isSame) return note
    const { member, subject, status, ageSeconds } = note
    // Not as `subject`: that is a person's name for the logger, which leaves it out.
    log.warn('kept and live answers differ', { member, part: subject, status, ageSeconds })
    return note
  }

  return {
    ...cache,
    answerAtOnce: () => undefined,
    async answer(questions, fetch, options) {
      if (options.unreachable !== undefined) throw options.unreachable
      const live = await fetch([...questions.keys()])
      for (const [index, question] of questions.entries()) {
        cache.notePassed(question, shadowReason, options.log)
        const one = live[index]
        if (one === undefined) continue
        const compared = compare(question, one, options).catch((error: unknown) => {
          const name = error instanceof Error ? error.name : 'unknown'
          log.warn('a kept answer could not be compared', { error: name })
          return undefined
        })
        options.log?.noteShadow(compared)
      }
      return live.map(({ value, errors }) => ({ value, errors, isShared: true }))
    },
  }
}
