import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it('reads decimal commas and counts 25 hours to the credit', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, '104558')).toMatchObject({
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

  it('describes everything in Spanish, too', async () => {
    const { records } = await readSample(definition)
    const missing = records.filter((it) => !it.title.es || !it.description.es)
    expect(missing.map((it) => it.localId)).toEqual([])
  })

  it('translates the Catalan words of the export', async () => {
    const { records } = await readSample(definition)
    const challenge = findRecord(records, 'CH-CITY-01')
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
    const { records } = await readSample(definition)
    expect(findRecord(records, 'MM-AI-01').learningOutcomes[1]).toEqual({
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
