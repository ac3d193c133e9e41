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
      ['sv', 'en'].some((language) => !it.title[language] || !it.description[language]),
    )
    expect(missing.map((it) => it.localId)).toEqual([])
  })

  it('has at least three runs on artificial intelligence that are open all year', async () => {
    const { records } = await readSample()
    const open = records.filter(
      (it) =>
        /artificial intelligence/i.test(`${it.title.en} ${it.description.en}`) &&
        it.offerings.some((run) => run.application?.closesAt?.startsWith('2028-07-31')),
    )
    expect(open.map((it) => it.localId)).toEqual(expect.arrayContaining(['MM-AI-01', 'CO-AI-01']))
    expect(open.length).toBeGreaterThanOrEqual(3)
  })

  it('refers only to groups that exist', async () => {
    const { records } = await readSample()
    const ids = new Set(records.map((it) => it.localId))
    expect(records.flatMap((it) => it.partOf).filter((id) => !ids.has(id))).toEqual([])
  })
})

describe('the national conventions', () => {
  it('reads högskolepoäng with a decimal comma, 40 hours to 1.5', async () => {
    const { records } = await readSample()
    expect(find(records, 'MM-CYB-01')).toMatchObject({
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
    const { records } = await readSample()
    const scaleOf = (id: string) => find(records, id).assessments[0]?.gradingScale
    expect([scaleOf('CO-AI-01'), scaleOf('MM-AI-01')]).toEqual(['U, 3, 4, 5', 'U, G'])
  })

  it('tells project and laboratory work from plain attendance', async () => {
    const { records } = await readSample()
    expect(find(records, 'CH-CITY-01').mode).toBe('PROJECT_BASED')
    expect(find(records, 'LIUM14').mode).toBe('LAB_BASED')
    expect(find(records, 'CO-AI-01').mode).toBe('PRESENTIAL')
  })
})

function course(syllabus: object): unknown {
  const liu = { hp: '6', utbildningsniva: null, betygsskala: 'U, G', ...syllabus }
  return { type: 'Course', id: 'x', attributes: { name: 'x', courseCode: 'X1', liu } }
}
