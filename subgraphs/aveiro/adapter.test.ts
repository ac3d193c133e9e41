import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it('takes the total hours of work from the course unit itself', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'MM-DATA-01')).toMatchObject({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'ECTS' },
      workloadHours: 68,
    })
  })

  it.each([6, 7])('places QNQ level %i on the same level of the EQF', (nivelQnq) => {
    const draft = toOpportunity(unit({ nivelQnq }))
    expect(draft).toMatchObject({ eqfLevel: nivelQnq, nqfLevel: `QNQ ${nivelQnq}` })
  })

  it('leaves the level open when the sheet names none', () => {
    expect(toOpportunity(unit({}))).toMatchObject({ eqfLevel: null, nqfLevel: null })
  })

  it('gives 0–20 for a quantitative result and passed or failed for a qualitative one', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'CO-AI-01').assessments[0]).toEqual({
      type: 'written examination',
      description: { pt: 'exame final' },
      supervised: true,
      gradingScale: '0–20, pass 10',
    })
    expect(findRecord(records, 'MM-AI-01').assessments[0]).toMatchObject({
      type: 'quiz',
      supervised: null,
      gradingScale: 'aprovado / não aprovado',
    })
  })

  it('names the semester of a run in Portuguese', async () => {
    const { records } = await readSample(definition)
    const names = findRecord(records, 'CO-AI-01').offerings.map((run) => run.session?.name)
    expect(names).toEqual(['2026/27, 1.º semestre', '2027/28, 1.º semestre'])
  })

  it('opens and closes applications at midnight in Lisbon, in winter and in summer', async () => {
    const { records } = await readSample(definition)
    const winter = findRecord(records, '50118').offerings[0]?.application?.closesAt
    const summer = findRecord(records, 'CO-AI-01').offerings[0]?.application?.closesAt
    expect([winter?.slice(11), summer?.slice(11)]).toEqual(['23:59:59Z', '22:59:59Z'])
  })
})

function unit(sheet: object): unknown {
  const ua = {
    nivelQnq: null,
    horasTotais: 162,
    formato: null,
    avaliacao: [],
    classificacao: 'quantitativa',
    ...sheet,
  }
  return { type: 'Course', id: 'x', attributes: { name: 'x', courseCode: 'X1', ua } }
}
