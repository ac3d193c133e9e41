import { randomBytes } from 'node:crypto'

/** 144 random bits: the next multiple of three bytes above the 128 that RFC 9901, section 9.3 recommends. */
const saltBytes = 18
const saltLength = 24
const pooled = 256

/**
 * A source of salts for selective disclosure, in base64url. Drawn and written out in bulk, because one draw costs 2 µs;
 * whole groups of three bytes let one long text be cut up.
 */
export function createSalts(): () => string {
  let text = ''
  let next = 0
  return () => {
    if (next === text.length) {
      text = randomBytes(saltBytes * pooled).toString('base64url')
      next = 0
    }
    next += saltLength
    return text.slice(next - saltLength, next)
  }
}
