import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

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
    const { records } = await readSample(definition)
    expect(findRecord(records, 'CO-AI-01')).toMatchObject({
      ects: '5',
      nationalCredit: { value: '8', unit: 'unidades' },
    })
  })

  it('names no EQF level, because Mexico is not referenced to it', async () => {
    const { records } = await readSample(definition)
    expect(records.filter((it) => it.eqfLevel !== null)).toEqual([])
    expect(findRecord(records, 'NE5007').nqfLevel).toBe('posgrado')
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
    const { records } = await readSample(definition)
    const [run] = findRecord(records, 'CH-CITY-01').offerings
    expect(run).toMatchObject({
      session: { name: 'Agosto-diciembre 2026, periodo 2 (5 semanas)' },
      startDate: '2026-09-21',
      endDate: '2026-10-23',
    })
  })

  it('marks an exam from 1 to 100 and accredits a micro-module', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'CO-AI-01').assessments[1]).toEqual({
      type: 'written examination',
      description: { es: 'examen escrito' },
      supervised: true,
      gradingScale: '1–100, pass 70',
    })
    const scale = findRecord(records, 'MM-AI-01').assessments[0]?.gradingScale
    expect(scale).toBe('acreditado / no acreditado')
  })

  it('passes on a word that it does not know, for the validation to name', () => {
    const draft = toOpportunity({ row: { clave: 'X', tipo: 'seminario' }, offerings: [] })
    expect(draft).toMatchObject({ kind: 'seminario' })
  })
})
