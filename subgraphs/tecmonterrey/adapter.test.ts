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
      ['es', 'en'].some((language) => !it.title[language] || !it.description[language]),
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
  it.each([
    ['8', '5'],
    ['12', '7.5'],
    ['4.8', '3'],
    ['2', '1.25'],
  ])('counts %s units as %s ECTS, exact', (unidades, ects) => {
    const draft = toOpportunity({ row: { clave: 'X', unidades }, offerings: [] })
    expect(draft).toMatchObject({ ects, nationalCredit: { value: unidades, unit: 'unidades' } })
  })

  it('gives a course of 8 units as 5 ECTS', async () => {
    const { records } = await readSample()
    expect(find(records, 'CO-AI-01')).toMatchObject({
      ects: '5',
      nationalCredit: { value: '8', unit: 'unidades' },
    })
  })

  it('names no EQF level, because Mexico is not referenced to it', async () => {
    const { records } = await readSample()
    expect(records.filter((it) => it.eqfLevel !== null)).toEqual([])
    expect(find(records, 'NE5007').nqfLevel).toBe('posgrado')
  })

  it.each([
    ['$0.00', '0.00'],
    ['$3,600.50', '3600.50'],
    ['$46,500.00', '46500.00'],
  ])('reads the price %s as %s pesos', (precio, amount) => {
    const run = { clave_grupo: 'X-1', precio }
    expect(toOpportunity({ row: { clave: 'X' }, offerings: [run] })).toMatchObject({
      offerings: [{ price: { amount, currency: 'MXN' } }],
    })
  })

  it('reads days as DD/MM/YYYY and closes applications at the end of the last one in Monterrey', () => {
    const run = {
      clave_grupo: 'X-1',
      estatus: 'abierto',
      inicio: '10/08/2026',
      inscripción_desde: '01/06/2026',
      inscripción_hasta: '31/07/2026',
    }
    expect(toOpportunity({ row: { clave: 'X' }, offerings: [run] })).toMatchObject({
      offerings: [
        {
          startDate: '2026-08-10',
          application: { opensAt: '2026-06-01T06:00:00Z', closesAt: '2026-08-01T05:59:59Z' },
        },
      ],
    })
  })

  it('runs challenges in blocks of five weeks', async () => {
    const { records } = await readSample()
    const [run] = find(records, 'CH-CITY-01').offerings
    expect(run).toMatchObject({
      session: { name: 'Agosto-diciembre 2026, periodo 2 (5 semanas)' },
      startDate: '2026-09-21',
      endDate: '2026-10-23',
    })
  })

  it('marks an exam from 1 to 100 and accredits a micro-module', async () => {
    const { records } = await readSample()
    expect(find(records, 'CO-AI-01').assessments[1]).toEqual({
      type: 'written examination',
      description: { es: 'examen escrito' },
      supervised: true,
      gradingScale: '1–100, pass 70',
    })
    const scale = find(records, 'MM-AI-01').assessments[0]?.gradingScale
    expect(scale).toBe('acreditado / no acreditado')
  })

  it('passes on a word that it does not know, for the validation to name', () => {
    const draft = toOpportunity({ row: { clave: 'X', tipo: 'seminario' }, offerings: [] })
    expect(draft).toMatchObject({ kind: 'seminario' })
  })
})
