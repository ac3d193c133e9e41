import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { derToJoined, joinedToDer } from './ecdsa-encoding.js'

const curves = [
  ['P-256', 'sha256', 32],
  ['P-384', 'sha384', 48],
] as const

describe('an ECDSA signature', () => {
  it.each(curves)('reads the same in both forms on %s', (namedCurve, hash, bytes) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
    // Many, so that integers with zeros in front are among them.
    for (let round = 0; round < (bytes === 32 ? 600 : 60); round += 1) {
      const data = Buffer.from(`message ${round}`)
      const joined = sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' })
      const der = joinedToDer(joined, bytes)
      expect(der && verify(hash, data, publicKey, der)).toBe(true)
      expect(der && derToJoined(der, bytes).equals(joined)).toBe(true)
    }
  })

  it('is none when it is too short, too long, or one of its numbers is zero', () => {
    const whole = Buffer.alloc(64, 1)
    expect(joinedToDer(whole.subarray(1), 32)).toBeNull()
    expect(joinedToDer(Buffer.alloc(65, 1), 32)).toBeNull()
    expect(joinedToDer(Buffer.concat([Buffer.alloc(32), whole.subarray(32)]), 32)).toBeNull()
    expect(joinedToDer(Buffer.concat([whole.subarray(32), Buffer.alloc(32)]), 32)).toBeNull()
  })
})
