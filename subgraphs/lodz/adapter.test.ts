import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it('reads decimal commas between semicolons', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'MM-DATA-01')).toMatchObject({
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
    const { records } = await readSample(definition)
    expect(findRecord(records, 'CO-AI-01').assessments[0]).toEqual({
      type: 'written examination',
      description: { pl: 'egzamin pisemny' },
      supervised: true,
      gradingScale: '2,0–5,0, pass 3,0',
    })
    const scale = findRecord(records, 'MM-AI-01').assessments[0]?.gradingScale
    expect(scale).toBe('zaliczono / nie zaliczono')
  })

  it('names winter and summer semesters in Polish', async () => {
    const { records } = await readSample(definition)
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
