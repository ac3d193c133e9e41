import { LRUCache } from 'lru-cache'
import type { CacheStore } from './cache-store.js'
import { type CacheEntry, endOf } from './domain/cache-entry.js'
import { parseKeyOwner } from './domain/cache-key.js'
import type { SweepScope } from './domain/purge-scope.js'

/** Entries in this process: read without waiting, bounded in bytes. */
export interface MemoryStore extends CacheStore {
  peek(key: string): CacheEntry | undefined
  keep(key: string, entry: CacheEntry): void
  /** Erases like `sweep`, at once. @returns How many entries. */
  erase(scope: SweepScope): number
  /** Bytes held, as estimated. */
  bytes(): number
}

export interface MemoryStoreOptions {
  /** Most bytes to hold; the least recently used goes first. */
  readonly maximumBytes: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * Parsed JSON takes several times the memory of its text; of a page, the positions of its rows are kept, too, once it has been
 * verified. And every entry has a key and a place in a map.
 */
const objectFactor = 5
const overheadBytes = 400

/** Entries larger than this share of the whole would push too much out. */
const largestShare = 8

export function createMemoryStore({ maximumBytes, now }: MemoryStoreOptions): MemoryStore {
  const entries = new LRUCache<string, CacheEntry>({
    maxSize: maximumBytes,
    maxEntrySize: Math.max(1, Math.floor(maximumBytes / largestShare)),
    sizeCalculation: (entry, key) => entry.bytes * objectFactor + key.length + overheadBytes,
  })
  const locks = new Map<string, { readonly until: number }>()

  function peek(key: string): CacheEntry | undefined {
    const entry = entries.get(key)
    if (entry === undefined || endOf(entry) > now()) return entry
    entries.delete(key)
    return undefined
  }

  function erase({ jurisdiction, member }: SweepScope): number {
    let count = 0
    for (const key of entries.keys()) {
      const owner = parseKeyOwner(key)
      if (jurisdiction !== null && jurisdiction !== owner.jurisdiction) continue
      if (member !== null && member !== owner.member) continue
      entries.delete(key)
      count += 1
    }
    return count
  }

  return {
    peek,
    keep: (key, entry) => {
      if (endOf(entry) > now()) entries.set(key, entry)
    },
    erase,
    bytes: () => entries.calculatedSize,
    read: async (key) => peek(key),
    write: async (key, entry) => {
      if (endOf(entry) > now()) entries.set(key, entry)
    },
    lock: async (key, ttlMs) => {
      const held = locks.get(key)
      if (held !== undefined && held.until > now()) return undefined
      const own = { until: now() + ttlMs }
      locks.set(key, own)
      return async () => {
        if (locks.get(key) === own) locks.delete(key)
      }
    },
    sweep: async (scope) => erase(scope),
  }
}
