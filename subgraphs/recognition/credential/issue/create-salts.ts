import { randomFillSync } from 'node:crypto'

const saltBytes = 16

/** A source of salts for selective disclosure: 128 random bits each, drawn in bulk, because one call costs 2 µs. */
export function createSalts(): () => Buffer {
  const pool = Buffer.alloc(saltBytes * 256)
  let next = pool.length
  return () => {
    if (next === pool.length) {
      randomFillSync(pool)
      next = 0
    }
    next += saltBytes
    // A copy: the pool is filled anew while the caller may still hold it.
    return Buffer.from(pool.subarray(next - saltBytes, next))
  }
}
