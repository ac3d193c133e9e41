import { describe, expect, it } from 'vitest'
import { checkSize, type SizeRule } from './size-rule.js'

const source = 'a law'
const rule = (part: Partial<SizeRule>) => ({
  minimumEcts: null,
  maximumEcts: null,
  maximumIsAllowed: true,
  consequence: 'WARN' as const,
  source,
  confidence: 'SOURCED' as const,
  ...part,
})
const pilot = rule({ minimumEcts: '3', maximumEcts: '30' })
const law = rule({ maximumEcts: '15', maximumIsAllowed: false, consequence: 'REFUSE' })

describe('checkSize', () => {
  it.each([
    ['3', pilot, 'OK'],
    ['30', pilot, 'OK'],
    ['30.0', pilot, 'OK'],
    ['2.999', pilot, 'WARNING'],
    ['30.1', pilot, 'WARNING'],
    ['14.999', law, 'OK'],
    ['15', law, 'REFUSAL'],
    ['15.0', law, 'REFUSAL'],
    ['0.5', law, 'OK'],
  ])('finds %s ECTS under the rule %o to be %s', (ects, sizeRule, result) => {
    expect(checkSize(ects, sizeRule).result).toBe(result)
  })

  it('names the limit that was missed, the credits and the source of the rule', () => {
    expect(checkSize('2.5', pilot).reasons).toEqual([
      { code: 'BELOW_MINIMUM_SIZE', actualEcts: '2.5', limitEcts: '3', source },
    ])
    expect(checkSize('15', law).reasons).toEqual([
      { code: 'ABOVE_MAXIMUM_SIZE', actualEcts: '15', limitEcts: '15', source },
    ])
  })

  it('allows every size where there is no rule, and says so', () => {
    expect(checkSize('120', null)).toEqual({
      result: 'OK',
      reasons: [{ code: 'NO_SIZE_RULE', actualEcts: '120', limitEcts: null, source: null }],
    })
  })
})
