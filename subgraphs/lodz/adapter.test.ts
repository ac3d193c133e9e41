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
      ['pl', 'en'].some((language) => !it.title[language] || !it.description[language]),
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
  it('reads decimal commas between semicolons', async () => {
    const { records } = await readSample()
    expect(find(records, 'MM-DATA-01')).toMatchObject({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'punkty ECTS' },
      workloadHours: 65,
    })
  })

  it.each([
    ['0,00', '0.00'],
    ['199,99', '199.99'],
    ['1 250,00', '1250.00'],
    ['1\u00a0250,00', '1250.00'],
  ])('reads the price %s as %s złoty', (printed, amount) => {
    const run = { kod_edycji: 'X-1', opłata_pln: printed }
    expect(toOpportunity({ row: { kod_zajęć: 'X' }, offerings: [run] })).toMatchObject({
      offerings: [{ price: { amount, currency: 'PLN' } }],
    })
  })

  it('reads days as DD.MM.YYYY and closes applications at the end of the last one, Polish time', () => {
    const run = {
      kod_edycji: 'X-1',
      stan: 'otwarta',
      od: '05.10.2026',
      rekrutacja_od: '01.07.2026',
      rekrutacja_do: '20.09.2026',
    }
    expect(toOpportunity({ row: { kod_zajęć: 'X' }, offerings: [run] })).toMatchObject({
      offerings: [
        {
          startDate: '2026-10-05',
          application: { opensAt: '2026-06-30T22:00:00Z', closesAt: '2026-09-20T21:59:59Z' },
        },
      ],
    })
  })

  it.each([6, 7])('places PRK %i on the same level of the EQF', (level) => {
    const row = { kod_zajęć: 'X', poziom: `PRK ${level}` }
    expect(toOpportunity({ row, offerings: [] })).toMatchObject({
      eqfLevel: level,
      nqfLevel: `PRK ${level}`,
    })
  })

  it('marks an exam from 2,0 to 5,0 and lets a micro-module be zaliczone', async () => {
    const { records } = await readSample()
    expect(find(records, 'CO-AI-01').assessments[0]).toEqual({
      type: 'written examination',
      description: { pl: 'egzamin pisemny' },
      supervised: true,
      gradingScale: '2,0–5,0, pass 3,0',
    })
    const scale = find(records, 'MM-AI-01').assessments[0]?.gradingScale
    expect(scale).toBe('zaliczono / nie zaliczono')
  })

  it('names winter and summer semesters in Polish', async () => {
    const { records } = await readSample()
    const names = records.flatMap((it) => it.offerings.map((run) => run.session?.name))
    expect(new Set(names.filter((name) => name !== undefined))).toEqual(
      new Set([
        '2026/27 semestr zimowy',
        '2026/27 semestr letni',
        '2027/28 semestr zimowy',
        '2027/28 semestr letni',
      ]),
    )
  })

  it('passes on a word that it does not know, for the validation to name', () => {
    const draft = toOpportunity({ row: { kod_zajęć: 'X', rodzaj: 'seminarium' }, offerings: [] })
    expect(draft).toMatchObject({ kind: 'seminarium' })
  })
})
