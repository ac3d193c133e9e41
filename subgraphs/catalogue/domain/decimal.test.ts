import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareDecimals,
  countDecimalPlaces,
  divideDecimals,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
} from './decimal.js'

describe('decimals', () => {
  test.each([
    ['2.50', '2.5'],
    ['007', '7'],
    ['-0.0', '0'],
    ['+3', '3'],
    [0.1, '0.1'],
    [1e21, '1000000000000000000000'],
    [5e-7, '0.0000005'],
    ['1E3', '1000'],
  ])('prints %s as %s', (value, printed) => {
    expect(parseDecimal(value)).toBe(printed)
  })

  test.each([
    '',
    ' ',
    '1,5',
    '0x10',
    '1.',
    '.5',
    'NaN',
    Number.NaN,
    Infinity,
    null,
    undefined,
    {},
    '9'.repeat(61),
    '1e9999',
  ])('reads %s as no decimal', (value) => {
    expect(parseDecimal(value)).toBeNull()
  })

  test('multiplies as integers of the smallest unit do', () => {
    const part = fc.record({ digits: fc.bigInt(-(10n ** 12n), 10n ** 12n), scale: fc.nat(6) })
    fc.assert(
      fc.property(part, part, (a, b) => {
        const product = multiplyDecimals(write(a), write(b))
        expect(read(product, a.scale + b.scale)).toBe(a.digits * b.digits)
      }),
      { seed: 7 },
    )
  })

  test('gives back what was multiplied when dividing by the same factor', () => {
    const value = fc.record({ digits: fc.bigInt(0n, 10n ** 9n), scale: fc.nat(3) })
    const factor = fc.record({ digits: fc.bigInt(1n, 10n ** 5n), scale: fc.nat(4) })
    fc.assert(
      fc.property(value, factor, (a, b) => {
        const product = multiplyDecimals(write(a), write(b))
        expect(divideDecimals(product, write(b))).toBe(parseDecimal(write(a)))
      }),
      { seed: 7 },
    )
  })

  test('has no quotient without an end and none by zero', () => {
    expect(divideDecimals('1', '3')).toBeNull()
    expect(divideDecimals('1', '0')).toBeNull()
    expect(divideDecimals('5', '0.625')).toBe('8')
  })

  test('compares by value, not by text', () => {
    expect(compareDecimals('10', '9.99')).toBe(1)
    expect(compareDecimals('2.50', '2.5')).toBe(0)
    expect(compareDecimals('-1', '0')).toBe(-1)
  })

  test('counts the places a value needs', () => {
    expect(countDecimalPlaces('2.500')).toBe(1)
    expect(countDecimalPlaces('2')).toBe(0)
  })

  test.each([
    ['2.5', 3],
    ['2.49', 2],
    ['-2.5', -2],
    ['-2.6', -3],
    ['-0.2', 0],
    ['7', 7],
  ])('rounds %s to %s', (value, rounded) => {
    expect(roundDecimal(value)).toBe(rounded)
  })
})

interface Part {
  readonly digits: bigint
  readonly scale: number
}

function write({ digits, scale }: Part): string {
  return `${digits}e-${scale}`
}

function read(text: string, scale: number): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}
