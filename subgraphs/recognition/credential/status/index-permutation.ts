import { createHmac } from 'node:crypto'
import { statusListLength } from './bitstring.js'

/** 2^18: the smallest even number of bits that holds a list of 2^17 places. */
const halfBits = 9
const halfMask = (1 << halfBits) - 1
const rounds = 4

/** The order in which the places of one list are given out. */
export interface IndexPermutation {
  /**
   * The place that the n-th credential gets: a random one that no other gets, found without looking at those taken.
   *
   * @param count - How many were given out before, from 0 and below the list's length.
   */
  placeOf(count: number): number
}

/**
 * A Feistel network over 18 bits, walked until it lands within the list's 17.
 *
 * @param key - Random bytes of the list's own; whoever has them can tell the order of issuing.
 */
export function createIndexPermutation(key: Uint8Array): IndexPermutation {
  // A round mixes nine bits, so there are only 2,048 different ones: each is computed once, when first needed.
  const mixed = new Int16Array(rounds << halfBits).fill(-1)
  const encrypt = (value: number): number => {
    let left = value >>> halfBits
    let right = value & halfMask
    for (let round = 0; round < rounds; round += 1) {
      const at = (round << halfBits) | right
      let bits = mixed[at] ?? -1
      if (bits < 0) {
        bits = mixHalf(key, round, right)
        mixed[at] = bits
      }
      const next = left ^ bits
      left = right
      right = next
    }
    return (left << halfBits) | right
  }
  return {
    placeOf: (count) => {
      if (!Number.isInteger(count) || count < 0 || count >= statusListLength) {
        throw new RangeError(`place ${count} is not within a list of ${statusListLength}`)
      }
      let index = encrypt(count)
      while (index >= statusListLength) index = encrypt(index)
      return index
    },
  }
}

function mixHalf(key: Uint8Array, round: number, half: number): number {
  const digest = createHmac('sha256', key).update(Uint8Array.of(round, half >> 8, half & 0xff))
  return digest.digest().readUInt16BE(0) & halfMask
}
