import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it('reads decimal commas and the hours of work', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'MM-DATA-01')).toMatchObject({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'ECTS-point' },
      workloadHours: 69,
    })
  })

  it('reads days as DD-MM-YYYY and closes applications at the end of the last one, Danish time', () => {
    const run = {
      udbud: 'X-1',
      status: 'åben',
      start: '07-09-2026',
      tilmelding_fra: '01-06-2026',
      tilmelding_til: '15-11-2026',
    }
    expect(toOpportunity({ row: { kursuskode: 'X' }, offerings: [run] })).toMatchObject({
      offerings: [
        {
          startDate: '2026-09-07',
          application: { opensAt: '2026-05-31T22:00:00Z', closesAt: '2026-11-15T22:59:59Z' },
        },
      ],
    })
  })

  it('grades on the 7-point scale with its censur, and a micro-module by bestået', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'PR-P500').assessments[0]).toMatchObject({
      type: 'oral examination',
      description: { da: expect.stringMatching(/^mundtlig prøve, (intern|ekstern) censur$/) },
      supervised: true,
      gradingScale: '7-point scale (−3 to 12), pass 02',
    })
    expect(findRecord(records, 'MM-AI-01').assessments[0]?.gradingScale).toBe(
      'bestået / ikke bestået',
    )
  })

  it.each([6, 7])(
    'places level %i of the Danish framework on the same level of the EQF',
    (level) => {
      const row = { kursuskode: 'X', kvalifikationsniveau: String(level) }
      expect(toOpportunity({ row, offerings: [] })).toMatchObject({
        eqfLevel: level,
        nqfLevel: `DK NQF ${level}`,
      })
    },
  )

  it('translates the Danish words of the export', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'CH-CITY-01')).toMatchObject({
      mode: 'PROJECT_BASED',
      languages: ['da', 'en'],
      challenge: { minimumTeamSize: 4, maximumTeamSize: 6 },
    })
  })

  it('prices runs in Danish kroner', async () => {
    const { records } = await readSample(definition)
    const currencies = records.flatMap((it) => it.offerings.map((run) => run.price?.currency))
    expect(new Set(currencies)).toEqual(new Set(['DKK']))
  })

  it('passes on a word that it does not know, for the validation to name', () => {
    const draft = toOpportunity({ row: { kursuskode: 'X', type: 'seminar' }, offerings: [] })
    expect(draft).toMatchObject({ kind: 'seminar' })
  })
})
