import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareCodePoints } from './code-point-order.js'
import { type CursorPosition, comparePositions, parseCursor, toCursor } from './cursor.js'

const key = fc.oneof(fc.maxSafeInteger(), fc.string({ unit: 'binary' }))
const position: fc.Arbitrary<CursorPosition> = fc.record({
  order: fc.constant('TITLE'),
  direction: fc.constantFrom('ASC', 'DESC'),
  keys: fc.array(key, { maxLength: 3 }),
  id: fc.string({ minLength: 1 }),
})

describe('cursors', () => {
  test('a cursor read back is the position it was printed from', () => {
    fc.assert(
      fc.property(position, (given) => {
        expect(parseCursor(toCursor(given))).toEqual(given)
      }),
      { seed: 1 },
    )
  })

  test('text that is not a cursor of ours is null, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseCursor(Buffer.from(text).toString('base64url'))).toBeNull()
      }),
      { seed: 2 },
    )
    expect(parseCursor('')).toBeNull()
    expect(parseCursor('A'.repeat(5_000))).toBeNull()
    const unsafeKey = Buffer.from(JSON.stringify([1, 'ECTS', 'ASC', [0.5], 'x'])).toString(
      'base64url',
    )
    expect(parseCursor(unsafeKey)).toBeNull()
  })

  test('a cursor of a later version is refused, not misread', () => {
    const later = Buffer.from(JSON.stringify([2, 'TITLE', 'ASC', ['a'], 'x'])).toString('base64url')
    expect(parseCursor(later)).toBeNull()
  })

  test('descending order is the exact mirror of ascending order, the id included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer(), fc.string()), { minLength: 2, maxLength: 8 }),
        (rows) => {
          const positions = (direction: 'ASC' | 'DESC') =>
            rows.map(([number, id]) => ({ order: 'ECTS', direction, keys: [number], id }))
          const ascending = positions('ASC')
            .sort(comparePositions)
            .map(({ keys, id }) => [keys, id])
          const descending = positions('DESC')
            .sort(comparePositions)
            .map(({ keys, id }) => [keys, id])
          expect(descending).toEqual([...ascending].reverse())
        },
      ),
      { seed: 3 },
    )
  })

  test('positions of different orders cannot be compared', () => {
    const title: CursorPosition = { order: 'TITLE', direction: 'ASC', keys: ['a'], id: 'x' }
    expect(() => comparePositions(title, { ...title, order: 'ECTS' })).toThrow(RangeError)
  })
})

describe('code point order', () => {
  test('strings compare as their UTF-8 bytes do, characters beyond U+FFFF included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
        const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right))
        expect(Math.sign(compareCodePoints(left, right))).toBe(bytes)
      }),
      {
        seed: 4,
        numRuns: 500,
        examples: [
          ['\u{1f600}', '\uffff'],
          ['\ue000', '\u{10000}'],
        ],
      },
    )
  })
})
