import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it('reads opintopisteet as ECTS, at 27 hours each', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'CO-AI-01')).toMatchObject({
      ects: '5',
      nationalCredit: { value: '5', unit: 'opintopiste' },
      workloadHours: 135,
    })
  })

  it.each([
    ['perusopinnot', 6],
    ['aineopinnot', 6],
    ['syventävät opinnot', 7],
  ])('places %s on EQF level %i', (opintojenTaso, eqfLevel) => {
    const draft = toOpportunity(course({ ext: { opintojenTaso } }))
    expect(draft).toMatchObject({ eqfLevel, nqfLevel: `FiNQF ${eqfLevel}` })
  })

  it('leaves the level open when the studies have none', () => {
    expect(toOpportunity(course({}))).toMatchObject({ eqfLevel: null, nqfLevel: null })
  })

  it('divides the year into four teaching periods', async () => {
    const { records } = await readSample(definition)
    const names = records.flatMap((it) => it.offerings.map((run) => run.session?.name ?? ''))
    const periods = new Set(names.map((name) => name.replace(/^.*, /, '')).filter(Boolean))
    expect([...periods].sort()).toEqual(['1. periodi', '2. periodi', '3. periodi', '4. periodi'])
  })
})

function course(values: object, offerings: readonly object[] = []): unknown {
  const code = { codeType: 'identifier', code: 'X1' }
  return { course: { primaryCode: code, name: [], ...values }, offerings }
}
