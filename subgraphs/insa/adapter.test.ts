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
      ['fr', 'en'].some((language) => !it.title[language] || !it.description[language]),
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
  it('names the institute as awarding body of every run, because the group awards nothing', async () => {
    const { records } = await readSample()
    const bodies = records.flatMap((it) => it.offerings.map((run) => run.awardingBody))
    expect(bodies.filter((body) => !body?.startsWith('INSA '))).toEqual([])
    expect(new Set(bodies).size).toBeGreaterThan(3)
  })

  it('has a challenge run in the city of the institute that awards it', async () => {
    const { records } = await readSample()
    const [run] = find(records, 'DEF-02').offerings
    expect(run).toMatchObject({ awardingBody: 'INSA Rennes', place: { city: 'Rennes' } })
  })

  it.each([6, 7])('places RNCP niveau %i on the same level of the EQF', (level) => {
    const draft = toOpportunity(unit({ niveauRncp: `niveau ${level}` }))
    expect(draft).toMatchObject({ eqfLevel: level, nqfLevel: `RNCP niveau ${level}` })
  })

  it('guesses no EQF level for the numbering from before 2019', () => {
    const draft = toOpportunity(unit({ niveauRncp: 'niveau II' }))
    expect(draft).toMatchObject({ eqfLevel: null, nqfLevel: 'RNCP niveau II' })
  })

  it('marks an exam out of 20 and validates a micro-module', async () => {
    const { records } = await readSample()
    expect(find(records, 'CO-AI-01').assessments[0]).toEqual({
      type: 'written examination',
      description: { fr: 'examen terminal' },
      supervised: true,
      gradingScale: '0–20, pass 10',
    })
    expect(find(records, 'MM-AI-01').assessments[0]?.gradingScale).toBe('validé / non validé')
  })

  it('keeps half credits exact', async () => {
    const { records } = await readSample()
    expect(find(records, 'MM-DATA-01')).toMatchObject({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'crédits ECTS' },
      workloadHours: 65,
    })
  })
})

function unit(syllabus: object): unknown {
  const insa = {
    etablissement: 'INSA Lyon',
    niveauRncp: null,
    volumeHoraire: 130,
    format: null,
    modalites: [],
    notation: 'note sur 20',
    ...syllabus,
  }
  return { type: 'Course', id: 'x', attributes: { name: 'x', courseCode: 'X1', insa } }
}
