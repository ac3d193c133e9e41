import type { CacheEntry } from './domain/cache-entry.js'
import type { SweepScope } from './domain/purge-scope.js'

/**
 * One place entries are kept: this process's memory, a Redis, a Redis Cluster. Every method but `read` of memory may
 * take a while and reject; whoever calls decides what that means. Nothing is kept beyond an entry's end.
 */
export interface CacheStore {
  read(key: string): Promise<CacheEntry | undefined>
  write(key: string, entry: CacheEntry): Promise<void>
  /**
   * Takes the lock of a key across everybody who uses this place, for at most `ttlMs`.
   *
   * @returns The way to give it back, or undefined while somebody else has it.
   */
  lock(key: string, ttlMs: number): Promise<(() => Promise<void>) | undefined>
  /** Erases every entry of a jurisdiction, or of one member in it. @returns How many were erased. */
  sweep(scope: SweepScope): Promise<number>
}
