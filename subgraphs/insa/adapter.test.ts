import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it('names the institute as awarding body of every run, because the group awards nothing', async () => {
    const { records } = await readSample(definition)
    const bodies = records.flatMap((it) => it.offerings.map((run) => run.awardingBody))
    expect(bodies.filter((body) => !body?.startsWith('INSA '))).toEqual([])
    expect(new Set(bodies).size).toBeGreaterThan(3)
  })

  it('has a challenge run in the city of the institute that awards it', async () => {
    const { records } = await readSample(definition)
    const [run] = findRecord(records, 'DEF-02').offerings
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
    const { records } = await readSample(definition)
    expect(findRecord(records, 'CO-AI-01').assessments[0]).toEqual({
      type: 'written examination',
      description: { fr: 'examen terminal' },
      supervised: true,
      gradingScale: '0–20, pass 10',
    })
    expect(findRecord(records, 'MM-AI-01').assessments[0]?.gradingScale).toBe('validé / non validé')
  })

  it('keeps half credits exact', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'MM-DATA-01')).toMatchObject({
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
