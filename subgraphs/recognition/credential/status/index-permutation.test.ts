import { describe, expect, it } from 'vitest'
import { statusListLength } from './bitstring.js'
import { createIndexPermutation } from './index-permutation.js'

describe('places in a list of statuses', () => {
  it('are all given out, each once, in an order that tells nothing', () => {
    const permutation = createIndexPermutation(Buffer.alloc(32, 3))
    const seen = new Uint8Array(statusListLength)
    let neighbours = 0
    let previous = -2
    for (let count = 0; count < statusListLength; count += 1) {
      const index = permutation.placeOf(count)
      seen[index] = (seen[index] ?? 0) + 1
      if (Math.abs(index - previous) === 1) neighbours += 1
      previous = index
    }
    expect(seen.every((times) => times === 1)).toBe(true)
    // At random, about two pairs in a whole list are neighbours; in order, all are.
    expect(neighbours).toBeLessThan(20)
  })

  it('differ from list to list', () => {
    const places = [1, 2].map((fill) => createIndexPermutation(Buffer.alloc(32, fill)).placeOf(0))
    expect(places[0]).not.toBe(places[1])
  })

  it('refuse to be given out beyond the end', () => {
    expect(() => createIndexPermutation(Buffer.alloc(32)).placeOf(statusListLength)).toThrow(
      RangeError,
    )
  })
})
