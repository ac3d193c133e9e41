import type { MemberOutcome } from '../../../schema/index.js'
import type { CacheNote } from '../../engine/cache-log.js'

/** What makes a whole answer one that everybody may get: until when, and while which generations are unchanged. */
export interface Sharing {
  /** Milliseconds since 1970. */
  readonly freshUntil: number
  readonly generations: ReadonlyMap<string, number>
}

/**
 * Whether a whole answer may be given to others, and for how long: the strictest of its parts. Undefined when a part is
 * private, stale, not kept or bound to its jurisdiction, when a member is missing from it, or when a purge came while it
 * was made.
 *
 * @param now - Milliseconds since 1970.
 */
export function decideSharing(
  notes: readonly CacheNote[],
  outcomes: readonly MemberOutcome[],
  now: number,
): Sharing | undefined {
  if (notes.length === 0 || outcomes.some(({ outcome }) => outcome !== 'ok')) return undefined
  let freshUntil = Number.POSITIVE_INFINITY
  const generations = new Map<string, number>()
  for (const note of notes) {
    if (note.isPrivate || !note.isPortable || note.freshUntil <= now) return undefined
    freshUntil = Math.min(freshUntil, note.freshUntil)
    for (const [index, name] of note.generationNames.entries()) {
      const value = note.generations[index]
      const known = generations.get(name)
      if (value === undefined || (known !== undefined && known !== value)) return undefined
      generations.set(name, value)
    }
  }
  return { freshUntil, generations }
}
