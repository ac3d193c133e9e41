import { describe, expect, test } from 'vitest'
import { parseAnswerFreshness, printCacheControl } from './cache-control.js'
import { judgeEntry, parseEntry, printEntry, toCacheEntry } from './cache-entry.js'
import { hashText, parseKeyOwner, printCacheKey, printGenerations } from './cache-key.js'
import { decideKeeping } from './cache-policy.js'
import { countersOf, erasureCountersOf, parseErasureCounter } from './purge-scope.js'
import { decidePlacement, mayHold } from './residency.js'

const policy = {
  residency: 'alliance' as const,
  maxTtlSeconds: 300,
  staleWhileRevalidateSeconds: 60,
  staleIfErrorSeconds: 3_600,
  negativeTtlSeconds: 15,
}
const owner = { member: 'tec', jurisdiction: 'MX', policy }
const rule = { maxAgeSeconds: 120, isPrivate: false }

describe('how long an answer is kept', () => {
  test.each([
    ['the contract, when the subgraph says nothing', {}, {}, undefined, 120],
    ['the subgraph, when it says less', {}, {}, { maxAgeSeconds: 40, isPrivate: false }, 40],
    ['the jurisdiction, when it allows less', { maxTtlSeconds: 20 }, {}, undefined, 20],
    [
      'the contract, when the subgraph says more',
      {},
      {},
      { maxAgeSeconds: 900, isPrivate: false },
      120,
    ],
  ])('is decided by %s', (_name, changed, ruled, freshness, seconds) => {
    const of = { ...owner, policy: { ...policy, ...changed } }
    expect(decideKeeping(of, { ...rule, ...ruled }, freshness, false)).toEqual({
      kind: 'keep',
      freshSeconds: seconds,
      staleWhileRevalidateSeconds: 60,
      staleIfErrorSeconds: 3_600,
    })
  })

  test('is the negative TTL for a missing thing, which is never served stale', () => {
    expect(decideKeeping(owner, rule, undefined, true)).toEqual({
      kind: 'keep',
      freshSeconds: 15,
      staleWhileRevalidateSeconds: 0,
      staleIfErrorSeconds: 0,
    })
  })

  test.each([
    ['RESIDENCY_NONE', { residency: 'none' as const }, {}, undefined],
    ['PRIVATE', {}, { isPrivate: true }, undefined],
    ['CONTRACT_MAX_AGE_ZERO', {}, { maxAgeSeconds: 0 }, undefined],
    ['JURISDICTION_MAX_AGE_ZERO', { maxTtlSeconds: 0 }, {}, undefined],
    ['SUBGRAPH_MAX_AGE_ZERO', {}, {}, { maxAgeSeconds: 0, isPrivate: false }],
  ])('is not at all because of %s', (reason, changed, ruled, freshness) => {
    const of = { ...owner, policy: { ...policy, ...changed } }
    const decision = decideKeeping(of, { ...rule, ...ruled }, freshness, false)
    expect(decision).toEqual({ kind: 'pass', reason })
  })
})

test.each([
  [undefined, undefined, undefined],
  ['public', undefined, undefined],
  ['max-age=60', undefined, { maxAgeSeconds: 60, isPrivate: false }],
  ['max-age=60, s-maxage=30', undefined, { maxAgeSeconds: 30, isPrivate: false }],
  ['Public, Max-Age="60"', '45', { maxAgeSeconds: 15, isPrivate: false }],
  ['max-age=60', '70', { maxAgeSeconds: 0, isPrivate: false }],
  ['max-age=60, private', undefined, { maxAgeSeconds: 0, isPrivate: true }],
  ['no-store', undefined, { maxAgeSeconds: 0, isPrivate: false }],
  ['no-cache, max-age=60', undefined, { maxAgeSeconds: 0, isPrivate: false }],
  ['max-age=-1', undefined, undefined],
  ['max-age=1e9', undefined, undefined],
])('Cache-Control %s with Age %s means %j', (header, age, freshness) => {
  expect(parseAnswerFreshness(header, age)).toEqual(freshness)
})

test('an answer that may not be kept says no-store, whatever else holds', () => {
  expect(printCacheControl({ maxAgeSeconds: 0.9, isPrivate: false })).toBe('max-age=0, public')
  expect(printCacheControl({ maxAgeSeconds: 0, isPrivate: false })).toBe('no-store')
  expect(printCacheControl({ maxAgeSeconds: 60, isPrivate: true })).toBe('max-age=60, private')
})

describe('where data may be', () => {
  const local = { ...owner, policy: { ...policy, residency: 'local' as const } }
  const none = { ...owner, policy: { ...policy, residency: 'none' as const } }
  test.each([
    ['alliance data in memory and the alliance’s Redis', owner, ['alliance'], true, 'alliance'],
    [
      'alliance data in its jurisdiction’s Redis, if there is one',
      owner,
      ['alliance', 'MX'],
      true,
      'MX',
    ],
    ['alliance data in memory only, without any Redis', owner, [], true, null],
    ['local data in its jurisdiction’s Redis only', local, ['alliance', 'MX'], false, 'MX'],
    ['local data nowhere, without that Redis', local, ['alliance', 'NO'], false, null],
    ['no data of a member that allows none', none, ['alliance', 'MX'], false, null],
  ])('%s', (_name, of, places, isInMemory, redis) => {
    expect(decidePlacement(of, new Set(places))).toEqual({ isInMemory, redis })
  })

  test('a Redis may hold local data only of its own jurisdiction', () => {
    expect(mayHold(local, 'MX')).toBe(true)
    expect(mayHold(local, 'alliance')).toBe(false)
    expect(mayHold(none, 'MX')).toBe(false)
    expect(mayHold(owner, 'NO')).toBe(true)
  })
})

describe('an entry over time', () => {
  const lifetime = {
    freshSeconds: 100,
    staleWhileRevalidateSeconds: 10,
    staleIfErrorSeconds: 50,
  }
  const content = { value: { a: 1 }, bytes: 7, isMissing: false, costMs: 200 }
  const entry = toCacheEntry(content, lifetime, 1_000, 0.5)

  test('has a lifetime a tenth around nine tenths of what is allowed, never more', () => {
    const ends = [0, 0.5, 0.999].map(
      (random) => toCacheEntry(content, lifetime, 0, random).freshUntil,
    )
    expect(ends).toEqual([80_000, 90_000, 99_980])
  })

  test.each([
    [1_000, 0, 'fresh'],
    [90_999, 0, 'fresh'],
    [90_900, 0.5, 'refreshEarly'],
    [80_000, 0.5, 'fresh'],
    [91_000, 0, 'staleWhileRevalidate'],
    [101_000, 0, 'staleIfError'],
    [141_000, 0, 'dead'],
  ])('is at %d ms, with luck %d, %s', (now, random, state) => {
    expect(judgeEntry(entry, now, random)).toBe(state)
  })

  test('comes back from its text as it was, and other texts are no entry', () => {
    expect(parseEntry(printEntry(entry))).toEqual(entry)
    for (const text of ['', '1 2 3', 'x\n{}', '1 2 3 4 5 2\n{}']) {
      expect(parseEntry(text)).toBeUndefined()
    }
  })
})

test('a key begins with whose data it is, and any part of the question changes it', () => {
  const parts = {
    schema: 's1',
    edition: 'e1',
    jurisdiction: 'MX',
    member: 'tec',
    generations: printGenerations(1, 2, [3, 4]),
    subject: 'Query.courseOfferings',
    askedHash: hashText('{"first":1}'),
    selectionHash: hashText('{ id }'),
    varyHash: hashText(''),
  }
  const key = printCacheKey(parts)
  expect(key).toMatch(/^hub:s1\.e1:MX:tec:g1\.2\.7:Query\.courseOfferings:[\w-]{22}:[\w-]{22}:-$/)
  const others = Object.keys(parts).map((name) => printCacheKey({ ...parts, [name]: 'other' }))
  expect(new Set([key, ...others]).size).toBe(10)
  expect(parseKeyOwner(key)).toEqual({
    ...{ edition: 'e1', jurisdiction: 'MX', member: 'tec' },
    ...{ jurisdictionGeneration: '1', memberGeneration: '2' },
  })
})

test('a purge raises one counter, or for everything one of each jurisdiction', () => {
  const of = { jurisdiction: 'MX', member: 'tec' }
  expect(countersOf({ kind: 'all' }, ['MX', 'NO'])).toEqual(['gen:MX', 'gen:NO'])
  expect(countersOf({ kind: 'jurisdiction', jurisdiction: 'MX' }, [])).toEqual(['gen:MX'])
  expect(countersOf({ kind: 'member', ...of }, [])).toEqual(['gen:MX:tec'])
  expect(countersOf({ kind: 'type', ...of, type: 'T' }, [])).toEqual(['gen:MX:tec:T'])
})

test.each([
  [{ kind: 'all' }, [], { jurisdiction: null, member: null }],
  [{ kind: 'jurisdiction', jurisdiction: 'MX' }, [], { jurisdiction: 'MX', member: null }],
  [
    { kind: 'member', jurisdiction: 'MX', member: 'tec' },
    [],
    { jurisdiction: 'MX', member: 'tec' },
  ],
  // Pages hold several types: the whole member is hidden, and erased.
  [
    { kind: 'type', jurisdiction: 'MX', member: 'tec', type: 'T' },
    ['gen:MX:tec'],
    { jurisdiction: 'MX', member: 'tec' },
  ],
] as const)(
  'a hard purge of %j raises a counter that says what to erase',
  (scope, hidden, swept) => {
    const counters = erasureCountersOf(scope)
    expect(counters.slice(0, -1)).toEqual(hidden)
    expect(parseErasureCounter(counters.at(-1) ?? '')).toEqual(swept)
    for (const name of [...hidden, 'gen:MX', 'gen:MX:tec:T']) {
      expect(parseErasureCounter(name)).toBeUndefined()
    }
  },
)
