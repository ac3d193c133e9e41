import { describe, expect, test } from 'vitest'
import { creditFromEcts, creditFromNational } from './credit.js'
import type { MemberProfile } from './member-profile.js'

const monterrey = createProfile({ name: 'unidades', ectsPerUnit: '0.625' })
const tampere = createProfile({ name: 'opintopiste', ectsPerUnit: '1' })

describe('credits', () => {
  test.each([
    ['8', '5'],
    ['12', '7.5'],
    [48, '30'],
    ['1', '0.625'],
  ])('%s units of Monterrey are exactly %s ECTS', (units, ects) => {
    expect(creditFromNational(units, monterrey)).toEqual({
      ects,
      nationalCredit: { value: String(units), unit: 'unidades' },
    })
  })

  test('ECTS give back the national value', () => {
    expect(creditFromEcts(7.5, monterrey).nationalCredit).toEqual({ value: '12', unit: 'unidades' })
    expect(creditFromEcts('2.50', tampere)).toEqual({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'opintopiste' },
    })
  })

  test('there is no national value when it would have to be rounded', () => {
    const thirds = createProfile({ name: 'points', ectsPerUnit: '3' })
    expect(creditFromEcts('1', thirds)).toEqual({ ects: '1', nationalCredit: null })
  })

  test.each([null, undefined, ''])('no value (%s) is no credit', (value) => {
    expect(creditFromEcts(value, tampere)).toEqual({ ects: null, nationalCredit: null })
  })

  test('what is no number is passed on for the validation to name', () => {
    expect(creditFromNational('five', tampere).ects).toBe('five')
  })
})

function createProfile(creditUnit: MemberProfile['creditUnit']): MemberProfile {
  return {
    slug: 'sample',
    languages: ['en'],
    creditUnit,
    gradingScale: '0–100',
    timeZone: 'UTC',
    currency: 'EUR',
    terms: [],
  }
}
