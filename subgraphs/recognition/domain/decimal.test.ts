import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, isDecimal, multiplyDecimals, sumDecimals } from './decimal.js'

describe('exact decimals', () => {
  it.each([
    ['8', '0.625', '5'],
    ['12', '0.625', '7.5'],
    ['1', '0.625', '0.625'],
    ['0.1', '0.2', '0.02'],
    ['-2.5', '4', '-10'],
    ['0', '3.75', '0'],
  ])('multiplies %s by %s to %s', (left, right, product) => {
    expect(multiplyDecimals(left, right)).toBe(product)
  })

  it('adds tenths without the error of floating point', () => {
    expect(sumDecimals(['0.1', '0.2'])).toBe('0.3')
    expect(sumDecimals([])).toBe('0')
  })

  it('compares by value, not by text', () => {
    expect(compareDecimals('2.50', '2.5')).toBe(0)
    expect(compareDecimals('10', '9.99')).toBeGreaterThan(0)
    expect(compareDecimals('-1', '0.5')).toBeLessThan(0)
  })

  it.each(['', '1,5', '1e3', '+1', '.5', '5.', 'NaN', ' 1'])(
    'does not take %j for a decimal',
    (text) => {
      expect(isDecimal(text)).toBe(false)
      expect(() => sumDecimals([text])).toThrow(RangeError)
    },
  )

  it('agrees with whole-number arithmetic for any number of thousandths', () => {
    const thousandths = fc.integer({ min: -1_000_000, max: 1_000_000 })
    fc.assert(
      fc.property(thousandths, thousandths, (a, b) => {
        const [left, right] = [multiplyDecimals(`${a}`, '0.001'), multiplyDecimals(`${b}`, '0.001')]
        expect(sumDecimals([left, right])).toBe(multiplyDecimals(`${a + b}`, '0.001'))
        expect(Math.sign(compareDecimals(left, right))).toBe(Math.sign(a - b))
      }),
      { seed: 20_261_123, numRuns: 200 },
    )
  })
})
