import type { CacheMetrics } from './cache-metrics.js'
import { type CacheEntry, toCacheEntry } from './domain/cache-entry.js'
import { decideKeeping, type NotKeptReason } from './domain/cache-policy.js'
import type { EntryPlaces } from './entry-places.js'
import type { MemberBudgets } from './member-budgets.js'
import type { Fetch, Fetched, Question } from './question.js'

/** What a fill came to: an entry, now kept, or an answer that is not kept. */
export type Filled =
  | { readonly kind: 'kept'; readonly entry: CacheEntry; readonly written?: Promise<void> }
  | {
      readonly kind: 'passed'
      readonly fetched: Fetched
      readonly reason: NotKeptReason | 'FAULTY'
    }

/** A question with the key it has under the generations of now. */
export interface KeyedQuestion {
  readonly key: string
  readonly question: Question
}

/** Fetches what is not there, once however many ask: in this process and, through a lock, in all. */
export interface CacheFills {
  /**
   * @returns One promise for each of the keyed questions. Questions somebody fetches already are joined; all others go
   * out as one call.
   */
  fill(asked: readonly KeyedQuestion[], fetch: Fetch): readonly Promise<Filled>[]
  /** Fetches again in the background what is served meanwhile, unless somebody does so already. */
  refresh(asked: readonly KeyedQuestion[], fetch: Fetch): void
}

export interface CacheFillsOptions {
  readonly places: EntryPlaces
  readonly budgets: MemberBudgets
  readonly metrics: CacheMetrics
  /** Longest that one fetch takes; a lock is held no longer. */
  readonly fetchTimeoutMs: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  readonly wait: (ms: number) => Promise<void>
}

type Lock = Awaited<ReturnType<EntryPlaces['lock']>>

/** How often those without the lock look whether the entry has come. */
const lookAgainMs = 15

export function createCacheFills(options: CacheFillsOptions): CacheFills {
  const { places, budgets, metrics, fetchTimeoutMs, now, random, wait } = options
  const underWay = new Map<string, Promise<Filled>>()

  async function fetchAndKeep(
    asked: readonly KeyedQuestion[],
    indices: readonly number[],
    fetch: Fetch,
  ): Promise<readonly Filled[]> {
    const first = asked[indices[0] ?? 0]?.question
    if (first === undefined) return []
    const isCut = places.isCut(first.placement)
    const startedAt = now()
    const answers = await budgets.run(first.owner.member, isCut, () => fetch(indices))
    const costMs = now() - startedAt
    return indices.map((index, position) => {
      const one = asked[index]
      const fetched = answers[position]
      if (one === undefined || fetched === undefined) throw new RangeError('an answer is missing')
      return keep(one, fetched, costMs)
    })
  }

  function keep({ key, question }: KeyedQuestion, fetched: Fetched, costMs: number): Filled {
    if (fetched.errors.length > 0 || !fetched.isSound) {
      return { kind: 'passed', fetched, reason: 'FAULTY' }
    }
    const isMissing = fetched.value === null
    const { owner, rule, placement } = question
    const decision = decideKeeping(owner, rule, fetched.freshness, isMissing)
    if (decision.kind === 'pass') return { kind: 'passed', fetched, reason: decision.reason }
    const bytes = JSON.stringify(fetched.value).length
    const content = { value: fetched.value, bytes, isMissing, costMs }
    const entry = toCacheEntry(content, decision, now(), random())
    const written = places.write(key, placement, entry, owner.jurisdiction)
    return { kind: 'kept', entry, written }
  }

  /** Waits for whoever has the lock; undefined when nothing came of it. */
  async function awaitOther({ key, question }: KeyedQuestion): Promise<Filled | undefined> {
    const latestAt = now() + fetchTimeoutMs
    while (now() < latestAt) {
      await wait(lookAgainMs)
      const entry = await places.read(key, question.placement)
      if (entry !== undefined && entry.freshUntil > now()) return { kind: 'kept', entry }
      const lock = await places.lock(key, question.placement, fetchTimeoutMs)
      if (lock === 'taken') continue
      // Given back without an entry: what was fetched is not kept, or there was none. Everybody for himself.
      release(lock)
      return undefined
    }
    return undefined
  }

  function release(lock: Lock): void {
    if (typeof lock === 'function') void lock().catch(() => metrics.redisFailed())
  }

  /** Settles all the questions: those locked here as one call, the others as they come from elsewhere. */
  async function settle(
    asked: readonly KeyedQuestion[],
    fetch: Fetch,
    settlers: readonly Settler[],
  ): Promise<void> {
    const locks = await Promise.all(
      asked.map(({ key, question }) => places.lock(key, question.placement, fetchTimeoutMs)),
    )
    const mine: number[] = []
    const others: number[] = []
    for (const [index, lock] of locks.entries()) (lock === 'taken' ? others : mine).push(index)
    // Between the look that found nothing and the lock, somebody may have finished.
    const known = await Promise.all(
      mine.map(async (index) => {
        const one = asked[index]
        if (one === undefined || typeof locks[index] !== 'function') return undefined
        const entry = await places.read(one.key, one.question.placement)
        return entry !== undefined && entry.freshUntil > now() ? entry : undefined
      }),
    )
    const toFetch: number[] = []
    for (const [position, index] of mine.entries()) {
      const entry = known[position]
      if (entry === undefined) toFetch.push(index)
      else settlers[index]?.resolve({ kind: 'kept', entry })
    }
    const fetching = fetchInto(asked, toFetch, fetch, settlers)
    const waiting = Promise.all(others.map((index) => awaitOne(asked, index, fetch, settlers)))
    // Not before the entry can be read: whoever gets the lock next looks for it, and fetches when it is not there.
    await fetching
    for (const lock of locks) release(lock)
    await waiting
  }

  async function fetchInto(
    asked: readonly KeyedQuestion[],
    indices: readonly number[],
    fetch: Fetch,
    settlers: readonly Settler[],
  ): Promise<void> {
    if (indices.length === 0) return
    try {
      const filled = await fetchAndKeep(asked, indices, fetch)
      for (const [position, index] of indices.entries()) {
        const one = filled[position]
        if (one !== undefined) settlers[index]?.resolve(one)
      }
      await Promise.all(filled.map((one) => (one.kind === 'kept' ? one.written : undefined)))
    } catch (error) {
      for (const index of indices) settlers[index]?.reject(error)
    }
  }

  async function awaitOne(
    asked: readonly KeyedQuestion[],
    index: number,
    fetch: Fetch,
    settlers: readonly Settler[],
  ): Promise<void> {
    const one = asked[index]
    const filled = one === undefined ? undefined : await awaitOther(one)
    if (filled === undefined) await fetchInto(asked, [index], fetch, settlers)
    else settlers[index]?.resolve(filled)
  }

  return {
    fill(asked, fetch) {
      const own: KeyedQuestion[] = []
      const ownIndices: number[] = []
      const settlers: Settler[] = []
      const promises = asked.map((one, index) => {
        const known = underWay.get(one.key)
        if (known !== undefined) return known
        const { promise, resolve, reject } = Promise.withResolvers<Filled>()
        underWay.set(one.key, promise)
        own.push(one)
        ownIndices.push(index)
        settlers.push({ resolve, reject })
        const forget = (): void => {
          if (underWay.get(one.key) === promise) underWay.delete(one.key)
        }
        // Also when nobody waits any more: a deadline has passed, or it was a refresh.
        promise.then(forget, forget)
        return promise
      })
      if (own.length > 0) {
        const fetchOwn: Fetch = (indices) =>
          fetch(indices.map((index) => ownIndices[index] ?? index))
        settle(own, fetchOwn, settlers).catch((error: unknown) => {
          for (const { reject } of settlers) reject(error)
        })
      }
      return promises
    },
    refresh(asked, fetch) {
      const indices = [...asked.keys()].filter((index) => !underWay.has(asked[index]?.key ?? ''))
      if (indices.length === 0) return
      const own = indices.flatMap((index) => asked[index] ?? [])
      const fetchOwn: Fetch = (positions) =>
        fetch(positions.map((position) => indices[position] ?? position))
      for (const promise of this.fill(own, fetchOwn)) promise.catch(() => metrics.refreshFailed())
    },
  }
}

interface Settler {
  readonly resolve: (filled: Filled) => void
  readonly reject: (error: unknown) => void
}
