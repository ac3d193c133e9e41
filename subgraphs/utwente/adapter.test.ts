import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it('counts 28 hours to the EC when the record gives no hours', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'MM-DATA-01')).toMatchObject({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'EC' },
      workloadHours: 70,
    })
  })

  it('keeps the hours that the record gives itself', () => {
    const load = [
      { studyLoadUnit: 'ects', value: 5 },
      { studyLoadUnit: 'sbu', value: 150 },
    ]
    expect(toOpportunity(course({ studyLoad: load }))).toMatchObject({ workloadHours: 150 })
  })

  it.each([6, 7])('places NLQF level %i on the same level of the EQF', (level) => {
    expect(toOpportunity(course({ ext: { nlqfNiveau: level } }))).toMatchObject({
      eqfLevel: level,
      nqfLevel: `NLQF ${level}`,
    })
  })

  it('takes the EQF level of the cycle when no NLQF level is given', () => {
    expect(toOpportunity(course({ level: 'master' }))).toMatchObject({
      eqfLevel: 7,
      nqfLevel: null,
    })
  })

  it('names the quartile of a run in Dutch', async () => {
    const { records } = await readSample(definition)
    const names = findRecord(records, 'CO-AI-01').offerings.map((run) => run.session?.name)
    expect(names).toContain('2026/27 kwartiel 2')
  })
})

function course(values: object, offerings: readonly object[] = []): unknown {
  const code = { codeType: 'identifier', code: 'X1' }
  return { course: { primaryCode: code, name: [], ...values }, offerings }
}
