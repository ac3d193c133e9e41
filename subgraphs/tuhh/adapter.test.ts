import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it('reads Leistungspunkte with a decimal comma, 30 hours each', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'LV-0118')).toMatchObject({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'Leistungspunkte' },
      workloadHours: 75,
    })
  })

  it.each([6, 7])('places DQR %i on the same level of the EQF', (level) => {
    const draft = toOpportunity(module({ niveau: `DQR ${level}` }))
    expect(draft).toMatchObject({ eqfLevel: level, nqfLevel: `DQR ${level}` })
  })

  it('leaves the level open when the handbook names none', () => {
    expect(toOpportunity(module({}))).toMatchObject({ eqfLevel: null, nqfLevel: null })
  })

  it('grades a Klausur from 1,0 to 5,0 and an ungraded test by pass or fail', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'CO-AI-01').assessments[0]).toEqual({
      type: 'written examination',
      description: { de: 'Klausur' },
      supervised: true,
      gradingScale: '1,0–5,0, pass 4,0',
    })
    expect(findRecord(records, 'MM-AI-01').assessments[0]).toMatchObject({
      type: 'quiz',
      gradingScale: 'bestanden / nicht bestanden',
    })
  })

  it('gives a semester the dates that the law gives it', async () => {
    const { records } = await readSample(definition)
    const sessions = findRecord(records, 'LV-0112').offerings.map((run) => run.session)
    expect(sessions).toEqual([
      { name: 'SoSe 2027', startDate: '2027-04-01', endDate: '2027-09-30' },
      { name: 'SoSe 2028', startDate: '2028-04-01', endDate: '2028-09-30' },
    ])
  })

  it('tells project, laboratory and virtual exchange from plain attendance', async () => {
    const { records } = await readSample(definition)
    const modes = ['CH-CITY-01', 'LV-0145', 'CH-3016', 'LV-2203'].map(
      (id) => findRecord(records, id).mode,
    )
    expect(modes).toEqual(['PROJECT_BASED', 'LAB_BASED', 'COIL', 'PRESENTIAL'])
  })

  it('passes on a form of examination that it does not know', () => {
    const draft = toOpportunity(module({ pruefungen: ['Kolloquium'] }))
    expect(draft).toMatchObject({ assessments: [{ type: 'Kolloquium' }] })
  })
})

function module(handbook: object): unknown {
  const tuhh = {
    leistungspunkte: '6',
    niveau: null,
    lehrform: null,
    pruefungen: [],
    benotet: true,
    ...handbook,
  }
  return { type: 'Course', id: 'x', attributes: { name: 'x', courseCode: 'X1', tuhh } }
}
