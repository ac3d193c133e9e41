import { LRUCache } from 'lru-cache'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import type { Logger } from '../../infra/runtime/index.js'
import type { RedisConnection } from '../store/open-redis.js'
import { type ClientKey, toStoredKey } from './client-key.js'

/** What a client has left after a request. */
export interface Spending {
  readonly isAllowed: boolean
  readonly limit: number
  readonly remaining: number
  /** Milliseconds until the window ends and all points are back. */
  readonly resetMs: number
}

/** Points of clients per window, counted over all processes. */
export interface PointBudget {
  /** Takes points, all or none; at once when this process has some in hand, else after asking the store. */
  spend(client: ClientKey, points: number): Spending | Promise<Spending>
  /** What this process knows of a client whose points are used up; undefined while there may be some. */
  refusal(client: ClientKey): Spending | undefined
}

export interface PointBudgetOptions {
  readonly name: string
  readonly points: number
  readonly windowSeconds: number
  /** Where counters are shared; undefined: this process counts alone. */
  readonly redis: RedisConnection | undefined
  readonly log: Logger
  /** Milliseconds of a steady clock; default `performance.now`. */
  readonly now?: () => number
}

/** Part of a client's points that a process takes from the store at a time. */
const leaseShare = 0.02
const clientsKept = 50_000

interface Account {
  /** Points taken from the store and not spent. */
  inHand: number
  /** Points the store had left when last asked. */
  inStore: number
  windowEndsAt: number
  isUsedUp: boolean
  asking: Promise<void> | undefined
}

/**
 * Counts points in Redis, atomically, and in bulk: a process takes a lease of a client's points and spends it without asking
 * again. The limit holds over all processes, because what is leased is counted; a process that ends, or a window, may leave a
 * few points unspent, never too many spent. While Redis is away each process counts for itself.
 */
export function createPointBudget(options: PointBudgetOptions): PointBudget {
  const { points: limit, windowSeconds, now = () => performance.now() } = options
  const store = openStore(options)
  const lease = Math.max(1, Math.floor(limit * leaseShare))
  const accounts = new LRUCache<string, Account>({ max: clientsKept })

  function accountOf({ key }: ClientKey): Account {
    const known = accounts.get(key)
    if (known !== undefined && known.windowEndsAt > now()) return known
    const fresh: Account = {
      inHand: 0,
      inStore: limit,
      windowEndsAt: Number.POSITIVE_INFINITY,
      isUsedUp: false,
      asking: known?.asking,
    }
    accounts.set(key, fresh)
    return fresh
  }

  function toSpending(account: Account, isAllowed: boolean): Spending {
    const left = account.windowEndsAt - now()
    return {
      isAllowed,
      limit,
      remaining: isAllowed ? account.inHand + account.inStore : 0,
      resetMs: Number.isFinite(left) ? Math.max(0, left) : windowSeconds * 1_000,
    }
  }

  async function fetchLease(client: ClientKey, account: Account, wanted: number): Promise<void> {
    const amount = Math.max(wanted, Math.min(lease, account.inStore))
    try {
      const result = await store.consume(toStoredKey(client), amount)
      account.inHand += amount
      account.inStore = result.remainingPoints
      account.windowEndsAt = now() + result.msBeforeNext
    } catch (rejected) {
      // Anything but a refusal would be a fault of the store that the insurance does not cover: closed, not open.
      const isRefusal = rejected instanceof RateLimiterRes
      account.isUsedUp = true
      account.inStore = 0
      account.windowEndsAt = now() + (isRefusal ? rejected.msBeforeNext : 1_000)
      if (!isRefusal) options.log.error('points cannot be counted', { error: String(rejected) })
    }
  }

  async function spendLater(client: ClientKey, points: number): Promise<Spending> {
    for (;;) {
      const account = accountOf(client)
      if (account.inHand >= points) {
        account.inHand -= points
        return toSpending(account, true)
      }
      if (account.isUsedUp) return toSpending(account, false)
      if (account.asking !== undefined) {
        await account.asking
        continue
      }
      const wanted = points - account.inHand
      account.asking = fetchLease(client, account, wanted).finally(() => {
        account.asking = undefined
      })
      await account.asking
    }
  }

  return {
    spend(client, points) {
      const account = accountOf(client)
      if (account.inHand >= points) {
        account.inHand -= points
        return toSpending(account, true)
      }
      if (account.isUsedUp) return toSpending(account, false)
      return spendLater(client, points)
    },
    refusal(client) {
      const account = accounts.get(client.key)
      if (account === undefined || !account.isUsedUp || account.windowEndsAt <= now()) {
        return undefined
      }
      return account.inHand > 0 ? undefined : toSpending(account, false)
    },
  }
}

function openStore(options: PointBudgetOptions): RateLimiterAbstract {
  const { name, points, windowSeconds: duration, redis } = options
  const memory = new RateLimiterMemory({ keyPrefix: name, points, duration })
  if (redis === undefined) return memory
  return new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: `hub:limits:${name}`,
    points,
    duration,
    rejectIfRedisNotReady: true,
    insuranceLimiter: memory,
  })
}
