import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type OpportunityRecord, prepareCatalogue } from '../catalogue/index.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

const data = join(import.meta.dirname, 'data')
const now = new Date('2026-11-23T12:00:00Z')

async function readSample() {
  const records = await definition.openSource(data).read(AbortSignal.timeout(5_000))
  return prepareCatalogue(records, definition, now)
}

function find(records: readonly OpportunityRecord[], localId: string): OpportunityRecord {
  const record = records.find((it) => it.localId === localId)
  if (record === undefined) throw new Error(`no record ${localId} in the sample`)
  return record
}

describe('the sample catalogue', () => {
  it('passes the intake without a fault and is labelled as synthetic', async () => {
    const { records, faults } = await readSample()
    expect(faults).toEqual([])
    expect(records.length).toBeGreaterThanOrEqual(36)
    expect(records.filter((it) => !it.synthetic)).toEqual([])
  })

  it('has the opportunities that the recognition rules refer to, each of its kind', async () => {
    const { records } = await readSample()
    const kinds = [
      'MM-AI-01',
      'MM-DATA-01',
      'MM-SUS-01',
      'MM-CYB-01',
      'CO-AI-01',
      'CO-ENERGY-01',
      'CH-CITY-01',
    ].map((id) => find(records, id).kind)
    const micro = 'MICRO_MODULE'
    expect(kinds).toEqual([micro, micro, micro, micro, 'COURSE', 'COURSE', 'CHALLENGE'])
  })

  it('describes everything in English and in the language of the university', async () => {
    const { records } = await readSample()
    const missing = records.filter((it) =>
      ['de', 'en'].some((language) => !it.title[language] || !it.description[language]),
    )
    expect(missing.map((it) => it.localId)).toEqual([])
  })

  it('has at least three opportunities on artificial intelligence that are open all year', async () => {
    const { records } = await readSample()
    const isOpenAllYear = (run: OpportunityRecord['offerings'][number]) =>
      run.state === 'ACTIVE' &&
      (run.application?.opensAt ?? '9') <= '2026-08-01T12' &&
      (run.application?.closesAt ?? '0') >= '2028-07-31T20'
    const open = records.filter(
      (it) =>
        /artificial intelligence/i.test(`${it.title.en} ${it.description.en}`) &&
        it.offerings.some(isOpenAllYear),
    )
    expect(open.map((it) => it.localId)).toEqual(expect.arrayContaining(['MM-AI-01', 'CO-AI-01']))
    expect(open.length).toBeGreaterThanOrEqual(3)
  })

  it('refers only to groups that exist', async () => {
    const { records } = await readSample()
    const ids = new Set(records.map((it) => it.localId))
    const parents = records.flatMap((it) => it.partOf)
    expect(parents.filter((id) => !ids.has(id))).toEqual([])
    expect(parents.length).toBeGreaterThan(1)
  })
})

describe('the national conventions', () => {
  it('reads Leistungspunkte with a decimal comma, 30 hours each', async () => {
    const { records } = await readSample()
    expect(find(records, 'LV-0118')).toMatchObject({
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
    const { records } = await readSample()
    expect(find(records, 'CO-AI-01').assessments[0]).toEqual({
      type: 'written examination',
      description: { de: 'Klausur' },
      supervised: true,
      gradingScale: '1,0–5,0, pass 4,0',
    })
    expect(find(records, 'MM-AI-01').assessments[0]).toMatchObject({
      type: 'quiz',
      gradingScale: 'bestanden / nicht bestanden',
    })
  })

  it('gives a semester the dates that the law gives it', async () => {
    const { records } = await readSample()
    const sessions = find(records, 'LV-0112').offerings.map((run) => run.session)
    expect(sessions).toEqual([
      { name: 'SoSe 2027', startDate: '2027-04-01', endDate: '2027-09-30' },
      { name: 'SoSe 2028', startDate: '2028-04-01', endDate: '2028-09-30' },
    ])
  })

  it('tells project, laboratory and virtual exchange from plain attendance', async () => {
    const { records } = await readSample()
    const modes = ['CH-CITY-01', 'LV-0145', 'CH-3016', 'LV-2203'].map(
      (id) => find(records, id).mode,
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
