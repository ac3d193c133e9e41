import type { Lifetime } from './cache-policy.js'

/** One kept answer. Times are milliseconds since 1970, because processes share it. */
export interface CacheEntry {
  /** Parsed JSON, shared by all who read it: never changed, copied instead. `null` for a missing thing. */
  readonly value: unknown
  /** Length of its JSON. */
  readonly bytes: number
  readonly isMissing: boolean
  readonly storedAt: number
  readonly freshUntil: number
  readonly revalidateUntil: number
  readonly errorUntil: number
  /** How long it took to fetch, in ms: what is dear is fetched again earlier. */
  readonly costMs: number
}

/** What may be done with an entry now. */
export type EntryState = 'fresh' | 'refreshEarly' | 'staleWhileRevalidate' | 'staleIfError' | 'dead'

/**
 * Makes an entry, its lifetime moved by up to a tenth either way, so that what was filled together does not expire
 * together.
 *
 * @param random - From 0 up to, not including, 1.
 */
export function toCacheEntry(
  content: Pick<CacheEntry, 'value' | 'bytes' | 'isMissing' | 'costMs'>,
  lifetime: Lifetime,
  now: number,
  random: number,
): CacheEntry {
  // A limit must not be exceeded, so the tenth above it is taken off first: 0.8 to 1 of the lifetime.
  const freshUntil = now + lifetime.freshSeconds * 1_000 * (0.8 + random * 0.2)
  return {
    ...content,
    storedAt: now,
    freshUntil: Math.round(freshUntil),
    revalidateUntil: Math.round(freshUntil + lifetime.staleWhileRevalidateSeconds * 1_000),
    errorUntil: Math.round(freshUntil + lifetime.staleIfErrorSeconds * 1_000),
  }
}

/**
 * What an entry is good for. Near its end, and the more so the dearer it was, a few readers find `refreshEarly`: one of
 * them fetches it again while all are served, so that a hot entry never expires (XFetch).
 *
 * @param random - From 0 up to, not including, 1.
 * @see Vattani, Chierichetti, Lowenstein: Optimal Probabilistic Cache Stampede Prevention, VLDB 2015
 */
export function judgeEntry(entry: CacheEntry, now: number, random: number): EntryState {
  const left = entry.freshUntil - now
  if (left > 0) {
    // The logarithm of what doubles can say is never below -37.
    if (left > 37 * entry.costMs) return 'fresh'
    const gap = -entry.costMs * Math.log(1 - random)
    return gap >= left && !entry.isMissing ? 'refreshEarly' : 'fresh'
  }
  if (now < entry.revalidateUntil) return 'staleWhileRevalidate'
  return now < entry.errorUntil ? 'staleIfError' : 'dead'
}

/** When nothing can be done with the entry any more. */
export function endOf({ freshUntil, revalidateUntil, errorUntil }: CacheEntry): number {
  return Math.max(freshUntil, revalidateUntil, errorUntil)
}

/** The entry as one text for Redis: a line of numbers, then the value. */
export function printEntry(entry: CacheEntry): string {
  const { storedAt, freshUntil, revalidateUntil, errorUntil, costMs, isMissing, value } = entry
  const numbers = [
    storedAt,
    freshUntil,
    revalidateUntil,
    errorUntil,
    Math.round(costMs),
    isMissing ? 1 : 0,
  ]
  return `${numbers.join(' ')}\n${JSON.stringify(value)}`
}

/** Reads what {@link printEntry} wrote; undefined for anything else. */
export function parseEntry(text: string): CacheEntry | undefined {
  const end = text.indexOf('\n')
  const match = /^(\d+) (\d+) (\d+) (\d+) (\d+) ([01])$/.exec(text.slice(0, Math.max(0, end)))
  if (match === null) return undefined
  const [storedAt = 0, freshUntil = 0, revalidateUntil = 0, errorUntil = 0, costMs = 0, missing] =
    match.slice(1).map(Number)
  const json = text.slice(end + 1)
  const times = { storedAt, freshUntil, revalidateUntil, errorUntil, costMs }
  return { value: JSON.parse(json), bytes: json.length, isMissing: missing === 1, ...times }
}
