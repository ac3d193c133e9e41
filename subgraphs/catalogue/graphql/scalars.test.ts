import { parseValue } from 'graphql'
import { describe, expect, it } from 'vitest'
import { DateScalar, DateTimeScalar, DecimalScalar } from './scalars.js'

describe('scalars', () => {
  it.each([
    [DateScalar, '2028-02-29'],
    [DateTimeScalar, '2027-03-01T12:00:00Z'],
    [DateTimeScalar, '2027-03-01T12:00+02:00'],
    [DecimalScalar, '2.5'],
    [DecimalScalar, 2.5],
  ])('%s takes %j, as a value and in the document', (scalar, value) => {
    expect(scalar.parseValue(value)).toBe(String(value))
    expect(scalar.parseLiteral(parseValue(JSON.stringify(value)), {})).toBe(String(value))
  })

  it.each([
    [DateScalar, '2027-02-29'],
    [DateScalar, '2027-2-9'],
    [DateScalar, 20270901],
    [DateTimeScalar, '2027-03-01'],
    [DateTimeScalar, '2027-03-01T25:00:00Z'],
    [DecimalScalar, 'five'],
    [DecimalScalar, Number.NaN],
    [DecimalScalar, null],
  ])('%s refuses %j', (scalar, value) => {
    expect(() => scalar.parseValue(value)).toThrow(scalar.name)
  })
})
