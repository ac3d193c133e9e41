import { describe, expect, it } from 'vitest'
import type { StackedCredentialId } from '../../../../schema/index.js'
import { toEcts } from '../ects-conversion.js'
import { checkSize, type SizeRule } from '../size-rule.js'
import { hkuSpaceRule, rncpRule } from './published-rules.fixture.js'
import { awardOf, decide, microCredentialOf } from './stack.fixture.js'

const modules = (count: number, part: Parameters<typeof awardOf>[1], name = 'm') =>
  Array.from({ length: count }, (_, index) =>
    awardOf(`${name}${index}`, { ects: '6', eqfLevel: 4, ...part }),
  )
const category = Array.from({ length: 12 }, (_, index) => microCredentialOf(`m${index}`))

describe('HKU SPACE: stackable certificate and diploma', () => {
  const certificate = hkuSpaceRule('certificate', category)
  const diploma = hkuSpaceRule('diploma', category)

  it('gives a certificate for 30 credits with 24 in the category and 24 at the level, as printed', () => {
    const other = awardOf('other', { ects: '6', eqfLevel: 3 })
    expect(decide(certificate, [...modules(4, {}), other])).toMatchObject({
      outcome: 'FULFILLED',
      ectsCounted: '30',
    })
  })

  it('gives none with 22.5 in the category, which 75 % would allow and the printed 24 do not', () => {
    const awards = [
      ...modules(3, {}),
      awardOf('m3', { ects: '4.5', eqfLevel: 4 }),
      awardOf('other', { ects: '7.5', eqfLevel: 4 }),
    ]
    const decision = decide(certificate, awards)
    expect(decision.outcome).toBe('PARTLY')
    expect(
      decision.requirements.map(({ requirementId, missing }) => [requirementId, missing]),
    ).toEqual([
      ['size', '0'],
      ['category', '1.5'],
      ['level', '0'],
    ])
  })

  it('gives a diploma for 60 credits with 45 in the category and at the level', () => {
    const rest = modules(2, { eqfLevel: 3 }, 'other')
    expect(decide(diploma, [...modules(8, {}), ...rest]).outcome).toBe('FULFILLED')
    const low = modules(3, { eqfLevel: 3 }, 'other')
    expect(
      decide(diploma, [...modules(7, {}), ...low]).requirements.map(({ missing }) => missing),
    ).toEqual(['0', '3', '3'])
  })

  it('lets a credit go into one pathway only', () => {
    const awards = modules(10, {})
    const used = decide(certificate, awards).uses.map(({ awardId }) => awardId)
    expect(used).toHaveLength(5)
    const usedElsewhere = new Map(used.map((id) => [id, certificate.id] as const))
    expect(decide(diploma, awards, { usedElsewhere })).toMatchObject({
      outcome: 'PARTLY',
      ectsCounted: '30',
    })
    const parent = 'hkuspace:stackedcredential:parent' as StackedCredentialId
    const all = new Map(awards.map(({ id }) => [id, parent] as const))
    expect(decide(certificate, awards, { usedElsewhere: all }).outcome).toBe('NOT')
  })
})

describe('RNCP: blocs de compétences', () => {
  const rule = rncpRule(['bloc-1', 'bloc-2', 'bloc-3'])

  it('gives the certification for all blocs, in any order, kept for life', () => {
    const dates = ['1999-06-30', '2025-06-30', '2012-01-31']
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ]) {
      const awards = order.map((bloc, index) =>
        awardOf(`bloc-${bloc + 1}`, { awardedOn: dates[index] ?? '' }),
      )
      expect(decide(rule, awards).outcome).toBe('FULFILLED')
    }
  })

  it('gives no certification with a bloc missing, and names it', () => {
    const decision = decide(rule, [awardOf('bloc-1'), awardOf('bloc-3')])
    expect(decision.requirements[0]).toMatchObject({
      isMet: false,
      missingItems: [microCredentialOf('bloc-2')],
    })
  })

  it('lets a bloc count towards another certification, too', () => {
    const awards = ['bloc-1', 'bloc-2', 'bloc-3'].map((key) => awardOf(key))
    const other = 'insa:stackedcredential:other' as StackedCredentialId
    const usedElsewhere = new Map(awards.map(({ id }) => [id, other] as const))
    expect(decide(rule, awards, { usedElsewhere }).outcome).toBe('FULFILLED')
  })
})

describe('published sizes', () => {
  const sourced = (source: string, part: Partial<SizeRule>) => ({
    ...{
      minimumEcts: null,
      maximumEcts: null,
      maximumIsAllowed: true,
      consequence: 'WARN' as const,
    },
    ...part,
    source,
    confidence: 'SOURCED' as const,
  })
  // Counted in New Zealand credits of ten hours, not in ECTS: the comparison is the same.
  const nzqa = sourced('nzqa.govt.nz: a micro-credential has up to 40 credits', {
    maximumEcts: '40',
    consequence: 'REFUSE',
  })
  const nzqaEarlier = sourced('NZQA until 2022: 5 to 40 credits', {
    minimumEcts: '5',
    maximumEcts: '40',
    consequence: 'REFUSE',
  })
  const spain = sourced('Real Decreto 822/2021', {
    maximumEcts: '15',
    maximumIsAllowed: false,
    consequence: 'REFUSE',
  })
  const netherlands = sourced('npuls.nl, pilot', { minimumEcts: '3', maximumEcts: '30' })

  it.each([
    ['NZQA', '40', nzqa, 'OK'],
    ['NZQA', '41', nzqa, 'REFUSAL'],
    ['NZQA', '1', nzqa, 'OK'],
    ['NZQA, as it was', '4', nzqaEarlier, 'REFUSAL'],
    ['Spain', '14.5', spain, 'OK'],
    ['Spain', '15', spain, 'REFUSAL'],
    ['the Netherlands', '3', netherlands, 'OK'],
    ['the Netherlands', '30', netherlands, 'OK'],
    ['the Netherlands', '30.5', netherlands, 'WARNING'],
  ])('in %s find %s credits to be as published', (_, credits, rule, result) => {
    expect(checkSize(credits, rule).result).toBe(result)
  })

  it.each([
    ['1', 'WARNING'],
    ['2', 'WARNING'],
    ['2.5', 'WARNING'],
    ['3', 'OK'],
  ])('let an ECIU micro-module of %s ECTS into the Dutch pilot only from 3 on', (ects, result) => {
    expect(checkSize(ects, netherlands).result).toBe(result)
  })

  it.each([
    ['8', '5'],
    ['12', '7.5'],
    ['48', '30'],
  ])('count %s units of Tecnológico de Monterrey as %s ECTS', (units, ects) => {
    const credit = {
      unit: 'unidad',
      ectsPerUnit: '0.625',
      source: 'studyinmexico.tec.mx',
      confidence: 'SOURCED' as const,
    }
    expect(toEcts(units, credit).ects).toBe(ects)
  })
})
