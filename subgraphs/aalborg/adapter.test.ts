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
      ['da', 'en'].some((language) => !it.title[language] || !it.description[language]),
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
  it('reads decimal commas and the hours of work', async () => {
    const { records } = await readSample()
    expect(find(records, 'MM-DATA-01')).toMatchObject({
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
    const { records } = await readSample()
    expect(find(records, 'PR-P500').assessments[0]).toMatchObject({
      type: 'oral examination',
      description: { da: expect.stringMatching(/^mundtlig prøve, (intern|ekstern) censur$/) },
      supervised: true,
      gradingScale: '7-point scale (−3 to 12), pass 02',
    })
    expect(find(records, 'MM-AI-01').assessments[0]?.gradingScale).toBe('bestået / ikke bestået')
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
    const { records } = await readSample()
    expect(find(records, 'CH-CITY-01')).toMatchObject({
      mode: 'PROJECT_BASED',
      languages: ['da', 'en'],
      challenge: { minimumTeamSize: 4, maximumTeamSize: 6 },
    })
  })

  it('prices runs in Danish kroner', async () => {
    const { records } = await readSample()
    const currencies = records.flatMap((it) => it.offerings.map((run) => run.price?.currency))
    expect(new Set(currencies)).toEqual(new Set(['DKK']))
  })

  it('passes on a word that it does not know, for the validation to name', () => {
    const draft = toOpportunity({ row: { kursuskode: 'X', type: 'seminar' }, offerings: [] })
    expect(draft).toMatchObject({ kind: 'seminar' })
  })
})
