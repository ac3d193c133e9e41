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
      ['ca', 'es', 'en'].some((language) => !it.title[language] || !it.description[language]),
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
  it('reads decimal commas and counts 25 hours to the credit', async () => {
    const { records } = await readSample()
    expect(find(records, '104558')).toMatchObject({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'crèdit ECTS' },
      workloadHours: 63,
    })
  })

  it('reads days as day, month and year, and closes enrolment at the end of its last day', () => {
    const run = {
      codi_edicio: 'X-1',
      estat: 'oberta',
      data_inici: '14/09/2026',
      inscripcio_inici: '01/07/2026',
      inscripcio_fi: '05/09/2026',
    }
    expect(toOpportunity({ row: { codi: 'X' }, offerings: [run] })).toMatchObject({
      offerings: [
        {
          startDate: '2026-09-14',
          application: { opensAt: '2026-06-30T22:00:00Z', closesAt: '2026-09-05T21:59:59Z' },
        },
      ],
    })
  })

  it.each([
    ['1', 5],
    ['2', 6],
    ['3', 7],
    ['4', 8],
  ])('places MECES level %s on EQF level %i', (meces, eqfLevel) => {
    const draft = toOpportunity({ row: { codi: 'X', nivell_meces: meces }, offerings: [] })
    expect(draft).toMatchObject({ eqfLevel, nqfLevel: `MECES ${meces}` })
  })

  it('translates the Catalan words of the export', async () => {
    const { records } = await readSample()
    const challenge = find(records, 'CH-CITY-01')
    expect(challenge).toMatchObject({ kind: 'CHALLENGE', mode: 'PROJECT_BASED' })
    expect(challenge.languages).toEqual(['ca', 'es', 'en'])
    expect(challenge.assessments.map((it) => it.type)).toEqual([
      'project work',
      'group performance',
    ])
    expect(challenge.challenge).toMatchObject({ minimumTeamSize: 4, maximumTeamSize: 6 })
  })

  it('passes on a word that it does not know, for the validation to name', () => {
    const draft = toOpportunity({ row: { codi: 'X', tipus: 'seminari' }, offerings: [] })
    expect(draft).toMatchObject({ kind: 'seminari' })
  })

  it('joins outcomes and competences of the three languages by their place', async () => {
    const { records } = await readSample()
    expect(find(records, 'MM-AI-01').learningOutcomes[1]).toEqual({
      code: 'RA2',
      title: {
        ca: "Valorar els riscos d'un ús concret de la IA.",
        es: 'Valorar los riesgos de un uso concreto de la IA.',
        en: 'Weigh the risks of a particular use of AI.',
      },
      skills: [
        {
          escoUri: null,
          title: { ca: 'pensament crític', es: 'pensamiento crítico', en: 'think critically' },
        },
      ],
    })
  })
})
