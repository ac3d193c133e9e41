import type { CacheMetrics } from './cache-metrics.js'
import type { CacheStore } from './cache-store.js'
import { type CacheEntry, judgeEntry } from './domain/cache-entry.js'
import type { Placement } from './domain/residency.js'
import type { MemoryStore } from './memory-store.js'
import type { RedisGuard } from './redis-guard.js'

/** One Redis as a place for entries. */
export interface RedisPlace {
  readonly store: CacheStore
  readonly guard: RedisGuard
}

/** All places entries can be in, as one: memory first, then the Redis that the placement names. */
export interface EntryPlaces {
  /** What memory has, without waiting. */
  peek(key: string, placement: Placement): CacheEntry | undefined
  /** What Redis has; undefined also when it does not answer. What is found is kept in memory. */
  read(key: string, placement: Placement): Promise<CacheEntry | undefined>
  /** Keeps an entry: in memory at once. Resolves when Redis has it, or has not taken it. */
  write(key: string, placement: Placement, entry: CacheEntry, jurisdiction: string): Promise<void>
  /** See `CacheStore.lock`; `alone` when there is no Redis to share a lock through. */
  lock(
    key: string,
    placement: Placement,
    ttlMs: number,
  ): Promise<(() => Promise<void>) | 'taken' | 'alone'>
  /** Whether this placement's Redis is taken to be down. */
  isCut(placement: Placement): boolean
}

export interface EntryPlacesOptions {
  readonly memory: MemoryStore
  /** By name, see `Placement.redis`. */
  readonly redis: ReadonlyMap<string, RedisPlace>
  /** Whether memory may be served; see `Coherence`. */
  readonly isTrusted: () => boolean
  /** What a purge or another register has hidden is not kept any more: it might be there to be erased. */
  readonly isCurrent: (key: string) => boolean
  readonly metrics: CacheMetrics
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export function createEntryPlaces(options: EntryPlacesOptions): EntryPlaces {
  const { memory, redis, isTrusted, isCurrent, metrics, now } = options

  function placeOf({ redis: name }: Placement): RedisPlace | undefined {
    return name === null ? undefined : redis.get(name)
  }

  return {
    peek: (key, { isInMemory }) => (isInMemory && isTrusted() ? memory.peek(key) : undefined),
    async read(key, placement) {
      const place = placeOf(placement)
      if (place === undefined) return undefined
      try {
        const entry = await place.store.read(key)
        // Random 0: only whether it has ended matters here.
        if (entry === undefined || judgeEntry(entry, now(), 0) === 'dead') return undefined
        if (placement.isInMemory && isCurrent(key)) memory.keep(key, entry)
        return entry
      } catch {
        // A cache that is down is a cache without entries.
        return undefined
      }
    },
    write(key, placement, entry, jurisdiction) {
      if (!isCurrent(key)) return Promise.resolve()
      if (placement.isInMemory) memory.keep(key, entry)
      const place = placeOf(placement)
      if (place === undefined) return Promise.resolve()
      return place.store.write(key, entry).then(
        () => metrics.written(jurisdiction, entry.bytes),
        () => metrics.redisFailed(),
      )
    },
    async lock(key, placement, ttlMs) {
      const place = placeOf(placement)
      if (place === undefined) return 'alone'
      try {
        return (await place.store.lock(key, ttlMs)) ?? 'taken'
      } catch {
        return 'alone'
      }
    },
    isCut: (placement) => placeOf(placement)?.guard.isOpen() ?? false,
  }
}
