import { createHmac } from 'node:crypto'
import { statusListLength } from './bitstring.js'

/** 2^18: the smallest even number of bits that holds a list of 2^17 places. */
const halfBits = 9
const halfMask = (1 << halfBits) - 1
const rounds = 4

/**
 * The place that the n-th credential of a list gets: a random one that no other gets, found without looking at those
 * taken. A Feistel network over 18 bits, walked until it lands within the list's 17.
 *
 * @param key - Random bytes of the list's own; whoever has them can tell the order of issuing.
 * @param count - How many were given out before, from 0 and below the list's length.
 */
export function permuteIndex(key: Uint8Array, count: number): number {
  if (!Number.isInteger(count) || count < 0 || count >= statusListLength) {
    throw new RangeError(`place ${count} is not within a list of ${statusListLength}`)
  }
  let index = encrypt(key, count)
  while (index >= statusListLength) index = encrypt(key, index)
  return index
}

function encrypt(key: Uint8Array, value: number): number {
  let left = value >>> halfBits
  let right = value & halfMask
  for (let round = 0; round < rounds; round += 1) {
    const digest = createHmac('sha256', key).update(Uint8Array.of(round, right >> 8, right & 0xff))
    const mixed = left ^ (digest.digest().readUInt16BE(0) & halfMask)
    left = right
    right = mixed
  }
  return (left << halfBits) | right
}
