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
      ['lt', 'en'].some((language) => !it.title[language] || !it.description[language]),
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
  it('counts kreditai as ECTS credits and takes the hours from the record', async () => {
    const { records } = await readSample()
    expect(find(records, 'T150M006')).toMatchObject({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'kreditai' },
      workloadHours: 67,
    })
    expect(find(records, 'CO-AI-01').workloadHours).toBe(160)
  })

  it.each([6, 7])('places LTKS level %i on the same level of the EQF', (ltksLygis) => {
    const draft = toOpportunity(course({ ltksLygis }))
    expect(draft).toMatchObject({ eqfLevel: ltksLygis, nqfLevel: `LTKS ${ltksLygis}` })
  })

  it('leaves the level open when the module names none', () => {
    expect(toOpportunity(course({}))).toMatchObject({ eqfLevel: null, nqfLevel: null })
  })

  it('marks an exam from 1 to 10 and a micro-module by įskaita', async () => {
    const { records } = await readSample()
    expect(find(records, 'CO-AI-01').assessments[0]).toEqual({
      type: 'written examination',
      description: { lt: 'egzaminas raštu' },
      supervised: true,
      gradingScale: '1–10, pass 5',
    })
    expect(find(records, 'MM-AI-01').assessments[0]?.gradingScale).toBe('įskaityta / neįskaityta')
  })

  it('keeps the day of a run that begins at midnight in Vilnius', () => {
    const run = {
      primaryCode: { codeType: 'identifier', code: 'X1-2026R' },
      startDateTime: '2026-09-06T21:00:00Z',
    }
    expect(toOpportunity(course({}, [run]))).toMatchObject({
      offerings: [{ startDate: '2026-09-07' }],
    })
  })

  it('names the semester of a run in Lithuanian', async () => {
    const { records } = await readSample()
    const names = find(records, 'CO-AI-01').offerings.map((run) => run.session?.name)
    expect(names).toEqual(['2026/27 rudens semestras', '2027/28 rudens semestras'])
  })
})

function course(syllabus: object, offerings: readonly object[] = []): unknown {
  const ktu = { ltksLygis: null, atsiskaitymai: [], vertinimas: 'dešimtbalė', ...syllabus }
  const code = { codeType: 'identifier', code: 'X1' }
  return { course: { primaryCode: code, name: [], ext: { ktu } }, offerings }
}
