import { LRUCache } from 'lru-cache'

/** A bounded cache of things that take time to make. */
export interface SingleFlightCache<Value> {
  /** The value for `key`, made at most once at a time; a failure is not kept, so the next caller tries again. */
  get(key: string, make: () => Promise<Value>): Promise<Value>
  readonly size: number
}

/** Creates a cache that keeps the `maximum` most recently used values. */
export function createSingleFlightCache<Value>(maximum: number): SingleFlightCache<Value> {
  const entries = new LRUCache<string, Promise<Value>>({ max: maximum })
  return {
    get(key, make) {
      const known = entries.get(key)
      if (known !== undefined) return known
      const made = make()
      entries.set(key, made)
      // The caller sees the rejection; this handler only forgets the entry.
      made.catch(() => {
        if (entries.peek(key) === made) entries.delete(key)
      })
      return made
    },
    get size() {
      return entries.size
    },
  }
}
