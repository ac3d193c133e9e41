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
      ['pt', 'en'].some((language) => !it.title[language] || !it.description[language]),
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
  it('takes the total hours of work from the course unit itself', async () => {
    const { records } = await readSample()
    expect(find(records, 'MM-DATA-01')).toMatchObject({
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
    const { records } = await readSample()
    expect(find(records, 'CO-AI-01').assessments[0]).toEqual({
      type: 'written examination',
      description: { pt: 'exame final' },
      supervised: true,
      gradingScale: '0–20, pass 10',
    })
    expect(find(records, 'MM-AI-01').assessments[0]).toMatchObject({
      type: 'quiz',
      supervised: null,
      gradingScale: 'aprovado / não aprovado',
    })
  })

  it('names the semester of a run in Portuguese', async () => {
    const { records } = await readSample()
    const names = find(records, 'CO-AI-01').offerings.map((run) => run.session?.name)
    expect(names).toEqual(['2026/27, 1.º semestre', '2027/28, 1.º semestre'])
  })

  it('opens and closes applications at midnight in Lisbon, in winter and in summer', async () => {
    const { records } = await readSample()
    const winter = find(records, '50118').offerings[0]?.application?.closesAt
    const summer = find(records, 'CO-AI-01').offerings[0]?.application?.closesAt
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
