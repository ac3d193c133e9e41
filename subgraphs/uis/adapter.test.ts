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
      ['nb', 'en'].some((language) => !it.title[language] || !it.description[language]),
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
  it('reads studiepoeng as ECTS', async () => {
    const { records } = await readSample()
    expect(find(records, 'MM-DATA-01')).toMatchObject({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'studiepoeng' },
    })
  })

  it.each([
    ['Grunnutdanning', 5, 'NKR 5.2'],
    ['Lavere grad', 6, 'NKR 6.2'],
    ['Høyere grad', 7, 'NKR 7'],
  ])('places the cycle %s on EQF level %i', (studienivaa, eqfLevel, nqfLevel) => {
    const draft = toOpportunity(course({ ext: { studienivaa } }))
    expect(draft).toMatchObject({ eqfLevel, nqfLevel })
  })

  it('leaves the level open when the cycle is not known', () => {
    const draft = toOpportunity(course({ ext: { studienivaa: 'Annet' } }))
    expect(draft).toMatchObject({ eqfLevel: null, nqfLevel: null })
  })

  it('files a code with Norwegian letters under an ASCII id and keeps the code', async () => {
    const { records } = await readSample()
    const economics = find(records, 'OKO444')
    expect(economics.codes).toEqual([{ codeType: 'identifier', code: 'ØKO444' }])
    expect(economics.offerings[0]).toMatchObject({
      localId: 'OKO444-2027V',
      code: 'ØKO444-2027V',
    })
  })

  it('keeps the UUID of a course whose code has other letters outside ASCII', () => {
    const primaryCode = { codeType: 'identifier', code: 'SÁMI1' }
    const draft = toOpportunity(course({ primaryCode, courseId: 'a-uuid' }))
    expect(draft).toMatchObject({ localId: 'a-uuid' })
  })

  it('prices runs in Norwegian kroner', async () => {
    const { records } = await readSample()
    const currencies = records.flatMap((it) => it.offerings.map((run) => run.price?.currency))
    expect(new Set(currencies)).toEqual(new Set(['NOK']))
  })
})

function course(values: object, offerings: readonly object[] = []): unknown {
  const code = { codeType: 'identifier', code: 'X1' }
  return { course: { primaryCode: code, name: [], ...values }, offerings }
}
