import { createHash, randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { Registry } from 'prom-client'
import type { Logger } from '../../infra/runtime/index.js'
import type { MemberRegister } from '../../schema/index.js'
import type { GatewayConfig } from '../config.js'
import type { SubgraphClient } from '../engine/subgraph-client.js'
import { type AnswerMemo, createAnswerMemo } from '../fanout/answer-memo.js'
import type { CreateMemberAsker } from '../fanout/member-asker.js'
import type { GatewayDatabase } from '../store/gateway-database.js'
import { openRedis, type RedisConnection } from '../store/open-redis.js'
import { type AnswerCache, createAnswerCache } from './answer-cache.js'
import { createCacheFills } from './cache-fills.js'
import { createCacheMetrics } from './cache-metrics.js'
import type { CacheStore } from './cache-store.js'
import { createCoherence } from './coherence.js'
import { createDocumentStore, type DocumentStore } from './document-store.js'
import { hashText } from './domain/cache-key.js'
import { toErasureCounter } from './domain/purge-scope.js'
import { alliancePlace } from './domain/residency.js'
import { createEntryPlaces, type RedisPlace } from './entry-places.js'
import { createErasureLog } from './erasure-log.js'
import { createGenerations } from './generations.js'
import { guardResidency } from './guard-residency.js'
import { createHardPurges } from './hard-purge.js'
import { createLeftBehindEraser } from './left-behind.js'
import { createMemberBudgets } from './member-budgets.js'
import { createMemberCache } from './member-cache.js'
import { createMemoryStore } from './memory-store.js'
import { createOwnerBook, type OwnerBook } from './owner-book.js'
import { openPurgeChannel } from './purge-channel.js'
import { createPurgeLog } from './purge-log.js'
import { byPoll, createPurger, type Purger } from './purger.js'
import { createRedisGenerations } from './redis-generations.js'
import { createRedisGuard } from './redis-guard.js'
import { createRedisStore } from './redis-store.js'
import { createResponseCache, type ResponseCache } from './response-cache.js'
import { createShadowCache } from './shadow-cache.js'
import { createSubgraphCache } from './subgraph-cache.js'

export interface CacheOptions {
  readonly register: MemberRegister
  readonly catalogueSdl: string
  /** Contracts of other subgraphs by name; of one without, nothing is kept. */
  readonly contracts: ReadonlyMap<string, string>
  /** For the log of purges. */
  readonly database: GatewayDatabase | undefined
  readonly config: Pick<
    GatewayConfig,
    | 'isCacheShadowed'
    | 'redis'
    | 'cacheMemoryBytes'
    | 'redisTimeoutMs'
    | 'memberTimeoutMs'
    | 'requestTimeoutMs'
  >
  readonly registry: Registry
  readonly log: Logger
}

/** The cache of one gateway, open. */
export interface OpenCache {
  readonly answers: AnswerCache
  /** Operations by their hash. */
  readonly documents: DocumentStore
  /** For the fan-out: pages and entities of members. */
  readonly createAsker: CreateMemberAsker
  /** For the fan-out: merged answers while all their parts are kept. */
  readonly memo: AnswerMemo
  /** Puts a cache before a subgraph that belongs to the alliance. */
  wrap(name: string, client: SubgraphClient): SubgraphClient
  readonly responses: ResponseCache
  readonly owners: OwnerBook
  /**
   * Another register counts, whose members are the ones asked from now on. Answers begun before are not kept, whole answers
   * made before do not count any more, and what is kept where its owner does not let it be any more is erased.
   */
  applyRegister(register: MemberRegister): void
  readonly purger: Purger
  readonly metrics: ReturnType<typeof createCacheMetrics>
  /** Whether a Redis of ours does not answer: the gateway serves, but less well. */
  isDegraded(): boolean
  close(): Promise<void>
}

/** A command given up by whoever sent it is dropped after this long. */
const longestCommandMs = 10_000

/** Most calls to a member at a time while Redis is down. */
const callsWithoutRedis = 8

/** How the memory for the cache is shared out. */
const shares = { entries: 3 / 8, merged: 1 / 8, whole: 1 / 2 }

/** Opens the cache. Waits for nothing: until Redis answers it is a cache of this process. */
export function openCache(options: CacheOptions): OpenCache {
  const { register, catalogueSdl, config, database, registry, log } = options
  const { redis } = config
  const now = (): number => performance.now()
  const wallNow = Date.now
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  const urls = new Map(redis?.urlsByJurisdiction ?? [])
  if (redis !== undefined) urls.set(alliancePlace, redis.allianceUrl)
  const owners = createOwnerBook(register, new Set(urls.keys()))
  const bytesFor = (share: number): number => config.cacheMemoryBytes * share
  const memory = createMemoryStore({ maximumBytes: bytesFor(shares.entries), now: wallNow })
  const memo = createAnswerMemo({ maximumBytes: bytesFor(shares.merged) })
  const metrics = createCacheMetrics(
    registry,
    () => memory.bytes() + memo.bytes() + responses.bytes(),
  )

  const schema = createHash('sha256').update(catalogueSdl).digest('base64url').slice(0, 8)
  const connections = new Map<string, RedisConnection>()
  const places = new Map<string, RedisPlace>()
  let sharedStore: CacheStore | undefined
  for (const [name, url] of urls) {
    // The guard's deadline is the shorter one and does not mistake a busy process for a Redis that is down.
    const connection = openRedis({ url, timeoutMs: longestCommandMs, name, log })
    const guard = createRedisGuard({ timeoutMs: config.redisTimeoutMs, now })
    const store = createRedisStore({ redis: connection, guard, now: wallNow })
    const findOwner = (slug: string) => owners.bySlug(slug)?.owner
    connections.set(name, connection)
    if (name === alliancePlace) sharedStore = store
    places.set(name, { guard, store: guardResidency(store, { place: name, findOwner, metrics }) })
  }
  const shared = connections.get(alliancePlace)
  const sharedGuard = places.get(alliancePlace)?.guard
  const source = shared && sharedGuard ? createRedisGenerations(shared, sharedGuard) : undefined
  const generations = createGenerations({
    source,
    now: wallNow,
    onLearnt: (name, value, isNew) => hardPurges.heard(name, value, isNew),
  })
  const purgeLog = database === undefined ? undefined : createPurgeLog(database)
  const processName = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`
  const erasureLog = database === undefined ? undefined : createErasureLog(database, processName)
  const coherence = createCoherence({
    ...{ generations, source, purgeLog, log, now, wallNow },
    // Without it a hard purge does not wait for this process, but reaches it all the same.
    onLogRead: () => void erasureLog?.noteAlive().catch(() => {}),
  })
  const channel =
    redis && shared && sharedGuard
      ? openPurgeChannel({
          url: redis.allianceUrl,
          redis: shared,
          guard: sharedGuard,
          onNews: (news, sentAt) => {
            generations.learn(news)
            metrics.purgeArrived((wallNow() - sentAt) / 1_000)
          },
          onSubscribed: () => void coherence.resync(),
          now: wallNow,
          log,
        })
      : undefined
  const entryPlaces = createEntryPlaces({
    memory,
    redis: places,
    isTrusted: coherence.isTrusted,
    isCurrent: (key) => owners.isCurrent(key) && generations.isCurrent(key),
    metrics,
    now: wallNow,
  })
  const budgets = createMemberBudgets({ limit: callsWithoutRedis, now })
  const fills = createCacheFills({
    places: entryPlaces,
    budgets,
    metrics,
    fetchTimeoutMs: Math.max(config.memberTimeoutMs, 1_000),
    now: wallNow,
    random: Math.random,
    wait,
  })
  const clocks = { now, wallNow, random: Math.random }
  const answers = createAnswerCache({
    schema,
    generations,
    places: entryPlaces,
    fills,
    budgets,
    metrics,
    ...clocks,
  })
  const cache = config.isCacheShadowed ? createShadowCache(answers, { metrics, log }) : answers
  const responses = createResponseCache({
    schema,
    edition: editionOf(register),
    maximumBytes: bytesFor(shares.whole),
    generations,
    isTrusted: coherence.isTrusted,
    store: sharedStore,
    metrics,
    now: wallNow,
  })
  /** It does not say whose rows are in an answer, and all of them are made again soon. */
  const forgetMerged = (): number => {
    memo.forget()
    return 0
  }
  const hardPurges = createHardPurges({
    ...{ processName, erasureLog, log, wait, now: wallNow },
    memory: [memory.erase, responses.forget, forgetMerged],
    stores: new Map<string, Pick<CacheStore, 'sweep'>>([
      ['responses', { sweep: responses.sweep }],
      ...[...places].map(([name, { store }]) => [name, store] as const),
    ]),
    readTimeoutMs: config.redisTimeoutMs,
    unknownMs: source === undefined ? 0 : byPoll * 1_000,
  })
  const eraseLeftBehind = createLeftBehindEraser({ memory, responses, places, owners, log })
  /** So that the poll asks for them, too. */
  const watchErasures = (): void =>
    void generations.read(owners.sweepScopes().map(toErasureCounter))
  watchErasures()
  coherence.start()
  return {
    answers: cache,
    documents: createDocumentStore({
      shared: shared && sharedGuard ? { redis: shared, guard: sharedGuard } : undefined,
    }),
    createAsker: createMemberCache({
      cache,
      ownerOf: owners.ofMember,
      memberTimeoutMs: config.memberTimeoutMs,
      now,
    }),
    wrap: (name, client) =>
      createSubgraphCache(client, {
        name,
        sdl: options.contracts.get(name),
        cache,
        ownerOf: owners.ofAlliance,
        timeoutMs: config.requestTimeoutMs,
        now,
      }),
    memo,
    responses,
    owners,
    applyRegister: (next) => {
      const changed = owners.apply(next)
      responses.changeEdition(editionOf(next))
      memo.forget()
      eraseLeftBehind(changed)
      watchErasures()
    },
    purger: createPurger({
      generations,
      source,
      channel,
      purgeLog,
      hardPurges,
      jurisdictions: owners.jurisdictions,
      log,
      now: wallNow,
    }),
    metrics,
    isDegraded: () => [...places.values()].some(({ guard }) => guard.isOpen()),
    close: async () => {
      coherence.stop()
      await erasureLog?.leave().catch(() => {})
      channel?.close()
      for (const connection of connections.values()) connection.disconnect()
    },
  }
}

/** Who is asked, and for how long what they say is kept, decides what a whole answer is. */
function editionOf(register: MemberRegister): string {
  return hashText(JSON.stringify(register))
}
