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
  /** In shadow mode: how a part would have come about. Undefined when that could not be found out. */
  noteShadow(note: Promise<CacheNote | undefined>): void
  /** What the list would have been without shadow mode; undefined when that is not known. */
  listShadowed(): Promise<readonly CacheNote[] | undefined>
}

/** Why a part was not kept in shadow mode. */
export const shadowReason = 'SHADOW'

/** Creates an empty log. */
export function createCacheLog(): CacheLog {
  const notes: CacheNote[] = []
  let shadows: Promise<CacheNote | undefined>[] | undefined
  return {
    note: (note) => void notes.push(note),
    list: () => notes,
    noteShadow(note) {
      shadows ??= []
      shadows.push(note)
    },
    async listShadowed() {
      const settled = await Promise.all(shadows ?? [])
      const known = settled.filter((note) => note !== undefined)
      if (known.length < settled.length) return undefined
      return [...notes.filter(({ reason }) => reason !== shadowReason), ...known]
    },
  }
}
