import { randomUUID } from 'node:crypto'
import { Cluster, type Redis } from 'ioredis'
import type { RedisConnection } from '../store/open-redis.js'
import type { CacheStore } from './cache-store.js'
import { endOf, parseEntry, printEntry } from './domain/cache-entry.js'
import type { RedisGuard } from './redis-guard.js'

export interface RedisStoreOptions {
  readonly redis: RedisConnection
  readonly guard: RedisGuard
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** A lock is given back only by who has it. */
const unlockScript =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
const sweepBatch = 500

/**
 * Entries in a Redis or a Redis Cluster. Only commands of one key, so that a cluster takes them; commands of one turn
 * of the event loop travel together. Every key has a time to live.
 */
export function createRedisStore({ redis, guard, now }: RedisStoreOptions): CacheStore {
  return {
    read: async (key) => {
      const text = await guard.run(() => redis.get(key))
      return text === null ? undefined : parseEntry(text)
    },
    write: async (key, entry) => {
      const ttlMs = Math.ceil(endOf(entry) - now())
      if (ttlMs > 0) await guard.run(() => redis.set(key, printEntry(entry), 'PX', ttlMs))
    },
    lock: async (key, ttlMs) => {
      const name = `lock:{${key}}`
      const token = randomUUID()
      const taken = await guard.run(() => redis.set(name, token, 'PX', ttlMs, 'NX'))
      if (taken !== 'OK') return undefined
      return async () => {
        await guard.run(() => redis.eval(unlockScript, 1, name, token))
      }
    },
    sweep: async ({ jurisdiction, member }) => {
      // Slugs and codes of jurisdictions hold nothing that a pattern takes for more than itself.
      const pattern = `hub:*:${jurisdiction ?? '*'}:${member ?? '*'}:*`
      let count = 0
      for (const node of listNodes(redis)) count += await sweepNode(node, redis, pattern)
      return count
    },
  }
}

/** Walks all keys of one server; never on the way of a request. */
async function sweepNode(node: Redis, redis: RedisConnection, pattern: string): Promise<number> {
  let cursor = '0'
  let count = 0
  do {
    const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', sweepBatch)
    cursor = next
    const erased = await Promise.all(keys.map((key) => redis.unlink(key)))
    for (const one of erased) count += one
  } while (cursor !== '0')
  return count
}

function listNodes(redis: RedisConnection): readonly Redis[] {
  return redis instanceof Cluster ? redis.nodes('master') : [redis]
}
