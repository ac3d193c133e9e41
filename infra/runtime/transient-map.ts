/** The part of a `Map` that a list of what is under way needs. */
export interface TransientMap<Key, Value> {
  readonly size: number
  get(key: Key): Value | undefined
  has(key: Key): boolean
  set(key: Key, value: Value): void
  /** @returns Whether there was such an entry. */
  delete(key: Key): boolean
  clear(): void
  /** The first `count` entries in the order they came, as they are now: deleting them meanwhile is safe. */
  first(count: number): readonly (readonly [key: Key, value: Value])[]
  /** The values in the order they came, as they are now. */
  values(): readonly Value[]
}

/** A table lives for so many deletions: at any load that matters, less than it takes to reach the old generation. */
const deletionsOfOneTable = 256

/**
 * A map for entries that come and go with every request.
 *
 * When a `Map` has seen enough deletions V8 gives it another table, and the one before keeps its last entries and points to
 * its successor. In a long-lived map such a table reaches the old generation, where it is garbage that only a full
 * collection finds; until then it keeps all later tables alive, with what was under way when each was left. So nearly every
 * request's data was copied twice and ended in the old generation: at 10,000 small requests a second each young collection
 * took 10 ms, with tables that end young 2 ms. This map therefore begins a new `Map` now and then, which no older one
 * points to.
 */
export function createTransientMap<Key, Value>(): TransientMap<Key, Value> {
  let map = new Map<Key, Value>()
  let deletions = 0

  return {
    get size() {
      return map.size
    },
    get: (key) => map.get(key),
    has: (key) => map.has(key),
    set: (key, value) => void map.set(key, value),
    delete(key) {
      if (!map.delete(key)) return false
      deletions += 1
      if (deletions >= Math.max(deletionsOfOneTable, map.size)) {
        map = new Map(map)
        deletions = 0
      }
      return true
    },
    clear() {
      map = new Map()
      deletions = 0
    },
    first(count) {
      const entries: [Key, Value][] = []
      for (const entry of map) {
        if (entries.length >= count) break
        entries.push(entry)
      }
      return entries
    },
    values: () => [...map.values()],
  }
}
