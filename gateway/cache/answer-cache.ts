import type { CacheLog, CacheNote } from '../engine/cache-log.js'
import { type AtOnce, createAtOnce } from './at-once.js'
import type { CacheFills, Filled, KeyedQuestion } from './cache-fills.js'
import type { CacheMetrics } from './cache-metrics.js'
import { type CacheEntry, type EntryState, judgeEntry } from './domain/cache-entry.js'
import { printGenerationList } from './domain/cache-key.js'
import { mayKeep } from './domain/cache-policy.js'
import type { EntryPlaces } from './entry-places.js'
import type { Generations } from './generations.js'
import type { MemberBudgets } from './member-budgets.js'
import { type Fetch, keyOf, type Question } from './question.js'
import { type Served, serveEntry } from './served.js'

/** Answers questions from what is kept, and fetches and keeps what is not there. */
export interface AnswerCache {
  /** Why answers to this question are not kept; undefined when they are. */
  reasonNotKept(question: Question): string | undefined
  /** For a question that was answered past the cache. */
  notePassed(question: Question, reason: string, log: CacheLog | undefined): void
  /**
   * Answers questions that may be kept from this process's memory, without waiting. Undefined when not all of them are
   * there and fresh; then nothing has been noted.
   */
  answerAtOnce(questions: readonly Question[], log: CacheLog | undefined): AtOnce | undefined
  /**
   * Answers questions that may be kept.
   *
   * @param deadlineAt - When the answers must be there, on the steady clock. Shortly before it, what is stale stands in.
   * @param log - Told about every question.
   * @throws what `fetch` rejects with, when there is nothing kept to stand in.
   */
  answer(
    questions: readonly Question[],
    fetch: Fetch,
    options: AnswerOptions,
  ): Promise<readonly Served[]>
}

export interface AnswerOptions {
  readonly deadlineAt: number
  readonly log: CacheLog | undefined
  /** Set when the owner cannot be asked: nothing is fetched, this is thrown unless something kept stands in. */
  readonly unreachable?: unknown
}

export interface AnswerCacheOptions {
  /** Part of every key; another contract has other answers. */
  readonly schema: string
  readonly generations: Generations
  readonly places: EntryPlaces
  readonly fills: CacheFills
  readonly budgets: MemberBudgets
  readonly metrics: CacheMetrics
  /** Milliseconds of the steady clock. */
  readonly now: () => number
  /** Milliseconds since 1970. */
  readonly wallNow: () => number
  /** From 0 up to, not including, 1. */
  readonly random: () => number
}

/** So long before the deadline a stale answer is taken instead of waiting on. */
const standInMs = 40

interface Found {
  readonly entry: CacheEntry
  readonly state: EntryState
}

export function createAnswerCache(options: AnswerCacheOptions): AnswerCache {
  const { schema, generations, places, fills, budgets, metrics, now, wallNow, random } = options

  /** Without Redis every process refreshes for itself; what is stale then has to do more often. */
  function mayFetchAnew(question: Question | undefined): boolean {
    if (question === undefined || !places.isCut(question.placement)) return true
    return budgets.mayRefresh(question.owner.member)
  }

  function judge(entry: CacheEntry | undefined): Found | undefined {
    return entry === undefined
      ? undefined
      : { entry, state: judgeEntry(entry, wallNow(), random()) }
  }

  async function look({ key, question }: KeyedQuestion): Promise<Found | undefined> {
    const near = judge(places.peek(key, question.placement))
    if (near?.state === 'fresh') return near
    // Another process may have fetched it again meanwhile.
    const far = judge(await places.read(key, question.placement))
    if (far === undefined) return near?.state === 'dead' ? undefined : near
    return far.state === 'dead' ? undefined : far
  }

  /** Waits for a fill, but not past the point where what is stale has to stand in. */
  async function awaitFill(
    filling: Promise<Filled>,
    stale: CacheEntry | undefined,
    deadlineAt: number,
  ): Promise<Filled | { readonly kind: 'late' }> {
    if (stale === undefined) return filling
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<{ readonly kind: 'late' }>((resolve) => {
      timer = setTimeout(
        () => resolve({ kind: 'late' }),
        Math.max(0, deadlineAt - standInMs - now()),
      )
    })
    try {
      return await Promise.race([filling, late])
    } finally {
      clearTimeout(timer)
    }
  }

  function note(
    question: Question,
    values: readonly number[],
    log: CacheLog | undefined,
    facts: Pick<CacheNote, 'status' | 'freshUntil'> & { storedAt?: number; reason?: string },
  ): void {
    const { owner, subject, rule } = question
    metrics.served({ member: owner.member, subject, status: facts.status })
    log?.note({
      member: owner.member,
      subject,
      status: facts.status,
      ageSeconds: facts.storedAt === undefined ? 0 : ageOf(facts.storedAt),
      ...(facts.reason !== undefined && { reason: facts.reason }),
      freshUntil: facts.freshUntil,
      isPrivate: rule.isPrivate,
      isPortable: owner.policy.residency === 'alliance',
      generationNames: question.generationNames,
      generations: values,
    })
  }

  function ageOf(storedAt: number): number {
    return Math.max(0, Math.round((wallNow() - storedAt) / 1_000))
  }

  function serveStale(entry: CacheEntry, failure?: unknown): Served {
    const staleAgeSeconds = ageOf(entry.storedAt)
    return { ...serveEntry(entry), staleAgeSeconds, ...(failure !== undefined && { failure }) }
  }

  async function serveOne(
    keyed: KeyedQuestion,
    values: readonly number[],
    found: Found | undefined,
    filling: Promise<Filled> | undefined,
    { deadlineAt, log, unreachable }: AnswerOptions,
  ): Promise<Served> {
    const { question } = keyed
    if (found !== undefined && filling === undefined) {
      const { entry, state } = found
      const isStale = state === 'staleWhileRevalidate' || state === 'staleIfError'
      const status = isStale ? 'stale' : entry.isMissing ? 'negative' : 'hit'
      const { storedAt, freshUntil } = entry
      note(question, values, log, { status, storedAt, freshUntil: isStale ? 0 : freshUntil })
      return isStale ? serveStale(entry, unreachable) : serveEntry(entry)
    }
    const stale = found?.entry
    let failure: unknown
    try {
      if (filling === undefined) throw unreachable
      const filled = await awaitFill(filling, stale, deadlineAt)
      if (filled.kind === 'kept') {
        const { freshUntil } = filled.entry
        note(question, values, log, { status: 'miss', freshUntil })
        return serveEntry(filled.entry)
      }
      if (filled.kind === 'passed' && (stale === undefined || filled.reason !== 'FAULTY')) {
        const { fetched, reason } = filled
        note(question, values, log, { status: 'bypass', freshUntil: 0, reason })
        return { value: fetched.value, errors: fetched.errors, isShared: true }
      }
      failure = filled.kind === 'late' ? 'late' : 'faulty'
    } catch (error) {
      failure = error
      if (stale === undefined) throw error
    }
    if (stale === undefined) throw failure
    note(question, values, log, { status: 'stale', storedAt: stale.storedAt, freshUntil: 0 })
    return serveStale(stale, failure)
  }

  return {
    answerAtOnce: createAtOnce({ schema, generations, places, wallNow, random, note }),
    reasonNotKept: (question) => mayKeep(question.owner, question.rule) ?? placeReason(question),
    notePassed: (question, reason, log) =>
      note(question, [], log, { status: 'bypass', freshUntil: 0, reason }),
    async answer(questions, fetch, answerOptions) {
      const values = await Promise.all(
        questions.map(
          ({ generationNames }) =>
            generations.peek(generationNames) ?? generations.read(generationNames),
        ),
      )
      const keyed = questions.map((question, index) => ({
        key: keyOf(schema, question, printGenerationList(values[index] ?? [])),
        question,
      }))
      const found = await Promise.all(keyed.map(look))
      const isUnreachable = answerOptions.unreachable !== undefined
      const toFill: number[] = []
      const toRefresh: number[] = []
      for (const [index, one] of found.entries()) {
        if (one === undefined) toFill.push(index)
        else if (one.state === 'fresh' || !mayFetchAnew(questions[index])) continue
        else if (one.state === 'staleIfError') toFill.push(index)
        else toRefresh.push(index)
      }
      const pick = (indices: readonly number[]): readonly KeyedQuestion[] =>
        indices.flatMap((index) => keyed[index] ?? [])
      const fetchOf =
        (indices: readonly number[]): Fetch =>
        (positions) =>
          fetch(positions.map((position) => indices[position] ?? position))
      if (!isUnreachable && toRefresh.length > 0) fills.refresh(pick(toRefresh), fetchOf(toRefresh))
      const fillings = isUnreachable ? [] : fills.fill(pick(toFill), fetchOf(toFill))
      return Promise.all(
        keyed.map((one, index) => {
          const position = toFill.indexOf(index)
          const filling = position < 0 ? undefined : fillings[position]
          return serveOne(one, values[index] ?? [], found[index], filling, answerOptions)
        }),
      )
    },
  }
}

function placeReason({ placement }: Question): string | undefined {
  return placement.isInMemory || placement.redis !== null ? undefined : 'NO_REDIS_OF_JURISDICTION'
}
