import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { CacheMetrics } from './cache-metrics.js'
import type { CacheStore } from './cache-store.js'
import { printCacheControl } from './domain/cache-control.js'
import { hashText } from './domain/cache-key.js'
import type { SweepScope } from './domain/purge-scope.js'
import type { Sharing } from './domain/shareable-answer.js'
import type { Generations } from './generations.js'

/** A whole answer that everybody may get, ready to send. */
export interface KeptResponse {
  readonly body: Buffer
  readonly contentType: string
  readonly etag: string
  readonly cacheControl: string
  /** Milliseconds since 1970. */
  readonly storedAt: number
  readonly freshUntil: number
}

/** Whole anonymous answers, each valid only while the generations of every member in it are unchanged. */
export interface ResponseCache {
  /** What this process has and may be served now. Reads a clock and two maps, waits for nothing. */
  find(key: string): KeptResponse | undefined
  /** What another process has made; undefined also when Redis does not answer. */
  load(key: string): Promise<KeptResponse | undefined>
  /**
   * Another register counts from now on: answers made under the one before are not found any more, here and in Redis.
   *
   * @param edition - Unlike that of any other register.
   */
  changeEdition(edition: string): void
  /** The edition that counts now. */
  edition(): string
  /** @param edition - The one that counted when the answer was begun; under another it is not kept. */
  keep(
    key: string,
    answer: { contentType: string; body: string },
    sharing: Sharing,
    edition: string,
  ): KeptResponse
  /** Forgets, in this process, the answers with something of this in them. @returns How many. */
  forget(scope: SweepScope): number
  /** Erases every whole answer from Redis: their keys do not say whose data is in them. @returns How many. */
  sweep(): Promise<number>
  /** Estimated bytes in this process. */
  bytes(): number
}

export interface ResponseCacheOptions {
  readonly schema: string
  /** See `ResponseCache.changeEdition`. */
  readonly edition: string
  readonly maximumBytes: number
  readonly generations: Generations
  /** Whether memory may be served; see `Coherence`. */
  readonly isTrusted: () => boolean
  /** The alliance's Redis, if there is one. */
  readonly store: CacheStore | undefined
  readonly metrics: CacheMetrics
  /** Milliseconds since 1970. */
  readonly now: () => number
}

interface Held {
  readonly response: KeptResponse
  readonly generations: ReadonlyMap<string, number>
  /** Under this version of the generations it was found valid last. */
  version: number
}

/** What Redis holds of a response. */
interface Stored {
  readonly body: string
  readonly contentType: string
  readonly generations: Readonly<Record<string, number>>
}

const overheadBytes = 1_000
/** Larger answers are made of what members' pages are kept as; they would push too much out. */
const largestShare = 16
/** In keys, where other entries have their jurisdiction and member. */
const place = 'response:all'

export function createResponseCache(options: ResponseCacheOptions): ResponseCache {
  const { schema, generations, isTrusted, store, metrics, now } = options
  const held = new LRUCache<string, Held>({
    maxSize: options.maximumBytes,
    maxEntrySize: Math.max(1, Math.floor(options.maximumBytes / largestShare)),
    sizeCalculation: ({ response }, key) => response.body.length + key.length * 2 + overheadBytes,
  })

  let { edition } = options

  function isValid(one: Held): boolean {
    const version = generations.version()
    if (one.version === version) return true
    if (!areCurrent(one.generations)) return false
    one.version = version
    return true
  }

  function areCurrent(values: ReadonlyMap<string, number>): boolean {
    for (const [name, value] of values) {
      if (generations.peek([name])?.[0] !== value) return false
    }
    return true
  }

  function find(key: string): KeptResponse | undefined {
    const one = held.get(key)
    if (one === undefined) return undefined
    if (one.response.freshUntil > now() && isValid(one)) {
      return isTrusted() ? one.response : undefined
    }
    held.delete(key)
    return undefined
  }

  function hold(key: string, response: KeptResponse, values: ReadonlyMap<string, number>): void {
    // The version of before any check: the first find checks.
    held.set(key, { response, generations: values, version: -1 })
  }

  function storeKey(key: string): string {
    return `hub:${schema}:${place}:${edition}:${hashText(key)}`
  }

  return {
    find,
    async load(key) {
      if (store === undefined) return undefined
      try {
        const entry = await store.read(storeKey(key))
        if (entry === undefined) return undefined
        const { body, contentType, generations: values } = entry.value as Stored
        // Counters this process has not met yet are read: only then can it be told whether the answer is valid.
        await generations.read(Object.keys(values))
        const times = { storedAt: entry.storedAt, freshUntil: entry.freshUntil }
        hold(key, toResponse({ body, contentType }, times), new Map(Object.entries(values)))
        return find(key)
      } catch {
        return undefined
      }
    },
    changeEdition(next) {
      if (next !== edition) held.clear()
      edition = next
    },
    edition: () => edition,
    keep(key, answer, sharing, beganUnder) {
      const times = { storedAt: now(), freshUntil: sharing.freshUntil }
      const response = toResponse(answer, times)
      // A purge or another register came while it was made.
      if (beganUnder !== edition || !areCurrent(sharing.generations)) return response
      hold(key, response, sharing.generations)
      const value: Stored = { ...answer, generations: Object.fromEntries(sharing.generations) }
      const entry = {
        ...{ value, bytes: answer.body.length, isMissing: false, costMs: 0 },
        ...{ ...times, revalidateUntil: times.freshUntil, errorUntil: times.freshUntil },
      }
      store?.write(storeKey(key), entry).catch(() => metrics.redisFailed())
      return response
    },
    forget({ jurisdiction, member }) {
      const name = `gen:${jurisdiction}${member === null ? '' : `:${member}`}`
      let count = 0
      for (const [key, one] of held) {
        if (jurisdiction !== null && !one.generations.has(name)) continue
        held.delete(key)
        count += 1
      }
      return count
    },
    sweep: async () => (await store?.sweep({ jurisdiction: 'response', member: 'all' })) ?? 0,
    bytes: () => held.calculatedSize,
  }
}

function toResponse(
  { body, contentType }: { readonly body: string; readonly contentType: string },
  times: Pick<KeptResponse, 'storedAt' | 'freshUntil'>,
): KeptResponse {
  const maxAgeSeconds = Math.floor((times.freshUntil - times.storedAt) / 1_000)
  return {
    body: Buffer.from(body),
    contentType,
    // Of the bytes, media type included: another form of the same data is another representation.
    etag: `"${createHash('sha1').update(contentType).update(body).digest('base64url')}"`,
    cacheControl: printCacheControl({ maxAgeSeconds, isPrivate: false }),
    ...times,
  }
}
