import type { CacheLog, CacheNote } from '../engine/cache-log.js'
import { type CacheEntry, judgeEntry } from './domain/cache-entry.js'
import type { EntryPlaces } from './entry-places.js'
import type { Generations } from './generations.js'
import { createObjectNumbers } from './object-numbers.js'
import { keyOf, type Question } from './question.js'
import { type Served, serveEntry } from './served.js'

/** Answers that were in memory, and whether they would be given again. */
export interface AtOnce {
  readonly served: readonly Served[]
  /** Whether the same questions would get the very same now, at once. */
  stands(): boolean
  /** Notes that they were answered so once more. */
  note(log: CacheLog | undefined): void
}

/** Writes down how a question was answered. */
export type AnswerNoter = (
  question: Question,
  generations: readonly number[],
  log: CacheLog | undefined,
  facts: Pick<CacheNote, 'status' | 'freshUntil'> & { storedAt?: number; reason?: string },
) => void

export interface AtOnceOptions {
  readonly schema: string
  readonly generations: Generations
  readonly places: Pick<EntryPlaces, 'peek'>
  /** Milliseconds since 1970. */
  readonly wallNow: () => number
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  readonly note: AnswerNoter
}

/** A question that was answered, without the entry itself: whoever remembers it must not keep that alive. */
interface KeptAnswer {
  readonly question: Question
  readonly key: string
  readonly number: number
  readonly values: readonly number[]
  readonly facts: Parameters<AnswerNoter>[3]
}

/** Makes what answers from this process's memory, without waiting: all questions or none, and none is noted then. */
export function createAtOnce(
  options: AtOnceOptions,
): (questions: readonly Question[], log: CacheLog | undefined) => AtOnce | undefined {
  const { schema, generations, places, wallNow, random, note } = options
  const numberOf = createObjectNumbers()

  /** What memory has, if nobody needs to look after it now. */
  function peekFresh(key: string, { placement }: Question): CacheEntry | undefined {
    const entry = places.peek(key, placement)
    if (entry === undefined || judgeEntry(entry, wallNow(), random()) !== 'fresh') return undefined
    return entry
  }

  return (questions, log) => {
    const version = generations.version()
    const found: KeptAnswer[] = []
    const served: Served[] = []
    for (const question of questions) {
      const known = generations.look(question.generationNames)
      if (known === undefined) return undefined
      const key = keyOf(schema, question, known.printed)
      const entry = peekFresh(key, question)
      if (entry === undefined) return undefined
      const { storedAt, freshUntil, isMissing } = entry
      const facts = { status: isMissing ? 'negative' : 'hit', storedAt, freshUntil } as const
      found.push({ question, key, number: numberOf(entry), values: known.values, facts })
      served.push(serveEntry(entry))
    }
    const noteAll = (to: CacheLog | undefined): void => {
      for (const { question, values, facts } of found) note(question, values, to, facts)
    }
    noteAll(log)
    return {
      served,
      note: noteAll,
      // What a purge hides is under another version; what was fetched again is another entry.
      stands: () =>
        generations.version() === version &&
        found.every(({ question, key, number }) => {
          const entry = peekFresh(key, question)
          return entry !== undefined && numberOf(entry) === number
        }),
    }
  }
}
