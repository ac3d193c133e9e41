import { createHmac } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { createCellNoise } from './cell-key.js'
import {
  analystPolicy,
  isCertainlyAtLeast,
  openPrivatePolicy,
  reachOf,
} from './disclosure-policy.js'
import { quartilesOf } from './duration-quartiles.js'
import { geometricNoise, spentEpsilon } from './geometric-noise.js'
import { type CountContext, publishCount, roundTo } from './publish-count.js'
import { medianSuppression, publishEcts, publishShare } from './publish-derived.js'
import { emptyCell } from './published-cell.js'

const noise = createCellNoise(Buffer.from('a secret of the tests'))
const plain = { ...analystPolicy, perturbation: 0 }
const toContext = (cell: string, policy = analystPolicy): CountContext => ({
  policy,
  noise,
  cell,
  tableSensitivity: 1,
})

describe('rounding', () => {
  test.each([
    [0, 0],
    [2.4, 0],
    [2.5, 5],
    [7, 5],
    [7.5, 10],
    [12, 10],
    [13, 15],
    [-2.5, 0],
    [-3, -5],
  ])('takes %d to %d, halves up', (value, rounded) => {
    expect(roundTo(value, 5)).toBe(rounded)
  })

  it('shows 0, 1 and 2 as 0 under every cell key, whatever the noise would add', () => {
    for (const count of [0, 1, 2]) {
      for (let cell = 0; cell < 200; cell += 1) {
        expect(publishCount(count, count, toContext(`${cell}`))).toBe(0)
      }
    }
  })

  it('stays within one base of the truth and reaches every multiple that near', () => {
    for (let count = 3; count < 60; count += 1) {
      const seen = new Set<number>()
      for (let cell = 0; cell < 300; cell += 1) {
        seen.add(publishCount(count, count, toContext(`${cell}`)))
      }
      for (const value of seen) {
        expect(value % 5).toBe(0)
        expect(Math.abs(value - count)).toBeLessThanOrEqual(reachOf(analystPolicy))
      }
      const possible = [-3, -2, -1, 0, 1, 2, 3].map((moved) =>
        Math.max(0, roundTo(count + moved, 5)),
      )
      expect([...seen].sort()).toEqual([...new Set(possible)].sort())
    }
  })

  it.each([8, 64, 65, 200])(
    'takes its noise from HMAC-SHA-256, under a secret of %d bytes',
    (bytes) => {
      const secret = Buffer.alloc(bytes, 7)
      for (const cell of ['award.valid|2024-A1.1', 'Zoë|2024-A1.2', 'x'.repeat(300)]) {
        const digest = createHmac('sha256', secret).update(`geometric|${cell}`).digest()
        const expected = digest.readUIntBE(0, 6) / 2 ** 48
        expect(createCellNoise(secret).unit(cell, 'geometric')).toBe(expected)
      }
    },
  )

  it('gives the same cell the same figure, and other secrets other figures', () => {
    const other = createCellNoise(Buffer.from('another secret'))
    const cells = Array.from({ length: 50 }, (_, index) => `cell ${index}`)
    const publish = (own: typeof noise) =>
      cells.map((cell) => publishCount(11, 11, { ...toContext(cell), noise: own }))
    expect(publish(noise)).toEqual(publish(noise))
    expect(publish(noise)).not.toEqual(publish(other))
  })
})

describe('shares', () => {
  // HESA hides percentages of fewer than 22.5; a published 25 may stand on 20, so 30 is the first that certainly does not.
  test.each([
    [0, 'FEW_PERSONS'],
    [20, 'FEW_PERSONS'],
    [25, 'FEW_PERSONS'],
    [30, 50],
  ])('of a published %d give %s', (denominator, expected) => {
    const cell = publishShare(analystPolicy, denominator / 2, denominator)
    expect(cell.kind === 'value' ? cell.value : cell.reason).toBe(expected)
  })

  it('are at the threshold of 22.5 persons where counts are rounded without noise', () => {
    expect(isCertainlyAtLeast(plain, 25, plain.shareMinimum)).toBe(true)
    expect(isCertainlyAtLeast(plain, 20, plain.shareMinimum)).toBe(false)
  })

  it('never exceed 100 per cent, though the parts are rounded for themselves', () => {
    expect(publishShare(analystPolicy, 45, 40)).toEqual({ kind: 'value', value: 100 })
  })
})

describe('averages', () => {
  const suppressed = (publishedCount: number, ...publishedParents: number[]) =>
    medianSuppression(analystPolicy, { publishedCount, publishedParents })

  it('of 7 persons or fewer are hidden, by the worst case of the published count', () => {
    expect(suppressed(10)).toEqual({ kind: 'suppressed', reason: 'FEW_PERSONS' })
    expect(suppressed(15)).toBeNull()
  })

  it('are hidden when the rest of a larger cell is about few: the secondary suppression', () => {
    expect(suppressed(15, 100)).toBeNull()
    expect(suppressed(15, 30)).toEqual({ kind: 'suppressed', reason: 'SECONDARY' })
    expect(suppressed(15, 100, 15)).toEqual({ kind: 'suppressed', reason: 'SECONDARY' })
  })
})

describe('sums of credits', () => {
  const cellOf = (credits: readonly number[]) => ({
    ...emptyCell,
    persons: credits.length,
    ects: 1000 * credits.reduce((sum, each) => sum + each, 0),
    boundedEcts: 1000 * credits.reduce((sum, each) => sum + Math.min(15, each), 0),
    squaredEcts: credits.reduce((sum, each) => sum + (1000 * each) ** 2, 0),
  })
  const publish = (credits: readonly number[], persons: number) =>
    publishEcts(analystPolicy, noise, 'cell', cellOf(credits), persons)

  it('are multiples of 25, at most one such step from the bounded sum', () => {
    const credits = Array.from({ length: 40 }, () => 6)
    const cell = publish(credits, 40)
    expect(cell.kind === 'value' && cell.value % 25).toBe(0)
    expect(cell.kind === 'value' && Math.abs(cell.value - 240)).toBeLessThanOrEqual(25)
  })

  it('are hidden where one person may hold more than half', () => {
    const credits = [200, ...Array.from({ length: 39 }, () => 2)]
    expect(publish(credits, 40)).toEqual({ kind: 'suppressed', reason: 'DOMINANCE' })
  })

  it('are hidden on few persons', () => {
    expect(publish([6, 6, 6], 5)).toEqual({ kind: 'suppressed', reason: 'FEW_PERSONS' })
  })
})

describe('the geometric mechanism', () => {
  it('has the ratio of neighbouring probabilities that its epsilon promises', () => {
    const epsilon = 0.5
    const draws = 200_000
    const counts = new Map<number, number>()
    for (let index = 0; index < draws; index += 1) {
      const value = geometricNoise((index + 0.5) / draws, 1 / epsilon)
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    for (let value = 0; value < 8; value += 1) {
      const ratio = (counts.get(value) ?? 0) / (counts.get(value + 1) ?? 0)
      expect(Math.log(ratio)).toBeCloseTo(epsilon, 1)
      expect(counts.get(-value)).toBeGreaterThan(0)
    }
  })

  it('gives a count that hangs on the cell alone, and no median and no sum', () => {
    const counts = Array.from({ length: 30 }, (_, index) =>
      publishCount(40, 40, toContext(`cell ${index}`, openPrivatePolicy)),
    )
    const again = Array.from({ length: 30 }, (_, index) =>
      publishCount(40, 40, toContext(`cell ${index}`, openPrivatePolicy)),
    )
    expect(counts).toEqual(again)
    expect(new Set(counts).size).toBeGreaterThan(5)
    const hidden = { kind: 'suppressed', reason: 'NOT_IN_THIS_POLICY' }
    const basis = { publishedCount: 500, publishedParents: [] }
    expect(medianSuppression(openPrivatePolicy, basis)).toEqual(hidden)
    expect(publishEcts(openPrivatePolicy, noise, 'cell', emptyCell, 500)).toEqual(hidden)
  })

  it('adds up the epsilon of tables, each once', () => {
    expect(spentEpsilon(new Set(['a', 'b', 'a']), 0.5)).toBe(1)
  })
})

test('quartiles are the nearest ranks, and of nobody there are none', () => {
  const counts = [
    { weeks: 9, units: 1 },
    { weeks: 2, units: 4 },
    { weeks: 5, units: 3 },
  ]
  expect(quartilesOf(counts)).toEqual({ lower: 2, median: 2, upper: 5 })
  expect(quartilesOf([])).toBeNull()
})
