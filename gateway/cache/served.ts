import type { CacheEntry } from './domain/cache-entry.js'
import type { Fetched } from './question.js'

/** The answer to one question, kept or fetched. */
export interface Served extends Pick<Fetched, 'value' | 'errors'> {
  /** True when others hold `value`, too: then it must be copied before it is changed. */
  readonly isShared: boolean
  /** Age in seconds when the answer is beyond its time. */
  readonly staleAgeSeconds?: number
  /** Why it could not be fetched anew, when that was tried and failed. */
  readonly failure?: unknown
}

/** An entry as an answer. */
export function serveEntry({ value }: CacheEntry): Served {
  return { value, errors: [], isShared: true }
}
