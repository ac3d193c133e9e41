import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { RedisConnection } from '../store/open-redis.js'
import type { RedisGuard } from './redis-guard.js'

/** Texts of operations by their hash, for clients that send only that; in the form Apollo Server wants. */
export interface DocumentStore {
  /** Undefined for a hash nobody has sent a text for lately. */
  get(key: string): Promise<string | undefined>
  set(key: string, text: string): Promise<void>
  delete(key: string): Promise<boolean>
}

export interface DocumentStoreOptions {
  /** Shared by all gateways; undefined: this process's memory only. */
  readonly shared: { readonly redis: RedisConnection; readonly guard: RedisGuard } | undefined
}

/** A text nobody asks for is forgotten after a week. */
const ttlSeconds = 604_800
const textsKept = 2_000
const charactersKept = 8_000_000

/**
 * A text is given out only for its own hash, wherever it comes from: whoever can write into Redis can make a hash unknown,
 * but not make it answer for another operation.
 */
export function createDocumentStore({ shared }: DocumentStoreOptions): DocumentStore {
  const texts = new LRUCache<string, string>({
    max: textsKept,
    maxSize: charactersKept,
    sizeCalculation: (text) => text.length + 1,
    ttl: ttlSeconds * 1_000,
  })

  return {
    async get(key) {
      const near = texts.get(key)
      if (near !== undefined || shared === undefined) return near
      const text = await shared.guard.run(() => shared.redis.get(toName(key))).catch(() => null)
      if (text === null || !isHashOf(key, text)) return undefined
      texts.set(key, text)
      return text
    },
    async set(key, text) {
      if (!isHashOf(key, text)) return
      texts.set(key, text)
      // Without Redis the other gateways ask their clients for the text once more.
      await shared?.guard
        .run(() => shared.redis.set(toName(key), text, 'EX', ttlSeconds))
        .catch(() => {})
    },
    async delete(key) {
      await shared?.guard.run(() => shared.redis.del(toName(key))).catch(() => {})
      return texts.delete(key)
    },
  }
}

/** Key of a text: as Apollo Server makes it. */
export function toDocumentKey(text: string): string {
  return `apq:${createHash('sha256').update(text).digest('hex')}`
}

function isHashOf(key: string, text: string): boolean {
  return toDocumentKey(text) === key
}

function toName(key: string): string {
  return `hub:${key}`
}
