/** How one part of an answer came about, as far as caching is concerned. */
export interface CacheNote {
  /** `dcu`, or `alliance` for what no member owns. */
  readonly member: string
  /** `Query.field`, an entity type, or the name of a subgraph. */
  readonly subject: string
  readonly status: 'hit' | 'miss' | 'stale' | 'negative' | 'bypass'
  /** Age of what was served, in seconds; 0 for what was fetched now. */
  readonly ageSeconds: number
  /** Why it was not kept; only with `bypass`. */
  readonly reason?: string
  /** Until when an answer with this part in it may be kept, ms since 1970; 0 for not at all. */
  readonly freshUntil: number
  readonly isPrivate: boolean
  /** Whether others than the jurisdiction's own Redis may keep it. */
  readonly isPortable: boolean
  /** The generation counters it is valid under, and what they were before it was fetched. */
  readonly generationNames: readonly string[]
  readonly generations: readonly number[]
}

/** Collects the notes of one request. */
export interface CacheLog {
  note(note: CacheNote): void
  list(): readonly CacheNote[]
}

/** Creates an empty log. */
export function createCacheLog(): CacheLog {
  const notes: CacheNote[] = []
  return { note: (note) => void notes.push(note), list: () => notes }
}
