import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it('reads högskolepoäng with a decimal comma, 40 hours to 1.5', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'MM-CYB-01')).toMatchObject({
      ects: '1.5',
      nationalCredit: { value: '1.5', unit: 'högskolepoäng' },
      workloadHours: 40,
    })
  })

  it.each([
    ['G1N', 6],
    ['G2F', 6],
    ['A1N', 7],
    ['A1F', 7],
  ])('places a course of level %s on EQF level %i', (utbildningsniva, eqfLevel) => {
    const draft = toOpportunity(course({ utbildningsniva }))
    expect(draft).toMatchObject({ eqfLevel, nqfLevel: `SeQF ${eqfLevel}` })
  })

  it('leaves the level open when the syllabus names none', () => {
    const draft = toOpportunity(course({ utbildningsniva: null }))
    expect(draft).toMatchObject({ eqfLevel: null, nqfLevel: null })
  })

  it('grades a course by the scale of its own syllabus', async () => {
    const { records } = await readSample(definition)
    const scaleOf = (id: string) => findRecord(records, id).assessments[0]?.gradingScale
    expect([scaleOf('CO-AI-01'), scaleOf('MM-AI-01')]).toEqual(['U, 3, 4, 5', 'U, G'])
  })

  it('tells project and laboratory work from plain attendance', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'CH-CITY-01').mode).toBe('PROJECT_BASED')
    expect(findRecord(records, 'LIUM14').mode).toBe('LAB_BASED')
    expect(findRecord(records, 'CO-AI-01').mode).toBe('PRESENTIAL')
  })
})

function course(syllabus: object): unknown {
  const liu = { hp: '6', utbildningsniva: null, betygsskala: 'U, G', ...syllabus }
  return { type: 'Course', id: 'x', attributes: { name: 'x', courseCode: 'X1', liu } }
}
