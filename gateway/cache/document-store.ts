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
  /** Knows these texts from now on for as long as this process lives, and no others of an earlier call. */
  trust(texts: readonly string[]): void
}

export interface DocumentStoreOptions {
  /** Shared by all gateways; undefined: this process's memory only. */
  readonly shared: { readonly redis: RedisConnection; readonly guard: RedisGuard } | undefined
}

/** A text nobody asks for is forgotten after a week, in every place; one that is trusted only by Redis. */
const ttlSeconds = 604_800
const renewAfterMs = (ttlSeconds * 1_000) / 2
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
    updateAgeOnGet: true,
  })
  let trusted = new Map<string, { readonly text: string; sharedAt: number }>()

  /** Without Redis the other gateways have their own files, or ask their clients for the text once more. */
  async function share(key: string, text: string): Promise<void> {
    await shared?.guard
      .run(() => shared.redis.set(toName(key), text, 'EX', ttlSeconds))
      .catch(() => {})
  }

  return {
    async get(key) {
      const own = trusted.get(key)
      if (own !== undefined) {
        if (Date.now() - own.sharedAt > renewAfterMs) {
          own.sharedAt = Date.now()
          await share(key, own.text)
        }
        return own.text
      }
      const near = texts.get(key)
      if (near !== undefined || shared === undefined) return near
      const text = await shared.guard
        .run(() => shared.redis.getex(toName(key), 'EX', ttlSeconds))
        .catch(() => null)
      if (text === null || !isHashOf(key, text)) return undefined
      texts.set(key, text)
      return text
    },
    async set(key, text) {
      if (!isHashOf(key, text)) return
      texts.set(key, text)
      await share(key, text)
    },
    trust(given) {
      const sharedAt = Date.now()
      trusted = new Map(given.map((text) => [toDocumentKey(text), { text, sharedAt }]))
      for (const [key, { text }] of trusted) void share(key, text)
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
