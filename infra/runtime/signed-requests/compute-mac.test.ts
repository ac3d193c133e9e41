import { createHmac, createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { computeMac } from './compute-mac.js'

// RFC 4231, cases 1, 2 and 6.
test.each([
  ['0b'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    Buffer.from('Jefe').toString('hex'),
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    'aa'.repeat(131),
    'Test Using Larger Than Block-Size Key - Hash Key First',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
])('the code of a published test vector is the published one', (key, text, expected) => {
  const mac = computeMac(text, createSecretKey(Buffer.from(key, 'hex')))
  expect(Buffer.from(mac, 'base64').toString('hex')).toBe(expected)
})

test('it is what node:crypto says, for any key and text, whatever came before', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 100 }),
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.nat(20_000).map((n) => 'é'.repeat(n)),
      ),
      (bytes, text) => {
        const key = createSecretKey(bytes)
        expect(computeMac(text, key)).toBe(createHmac('sha256', key).update(text).digest('base64'))
      },
    ),
    { numRuns: 300, seed: 5 },
  )
})
