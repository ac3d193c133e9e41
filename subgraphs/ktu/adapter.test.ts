import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it('counts kreditai as ECTS credits and takes the hours from the record', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'T150M006')).toMatchObject({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'kreditai' },
      workloadHours: 67,
    })
    expect(findRecord(records, 'CO-AI-01').workloadHours).toBe(160)
  })

  it.each([6, 7])('places LTKS level %i on the same level of the EQF', (ltksLygis) => {
    const draft = toOpportunity(course({ ltksLygis }))
    expect(draft).toMatchObject({ eqfLevel: ltksLygis, nqfLevel: `LTKS ${ltksLygis}` })
  })

  it('leaves the level open when the module names none', () => {
    expect(toOpportunity(course({}))).toMatchObject({ eqfLevel: null, nqfLevel: null })
  })

  it('marks an exam from 1 to 10 and a micro-module by įskaita', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'CO-AI-01').assessments[0]).toEqual({
      type: 'written examination',
      description: { lt: 'egzaminas raštu' },
      supervised: true,
      gradingScale: '1–10, pass 5',
    })
    expect(findRecord(records, 'MM-AI-01').assessments[0]?.gradingScale).toBe(
      'įskaityta / neįskaityta',
    )
  })

  it('keeps the day of a run that begins at midnight in Vilnius', () => {
    const run = {
      primaryCode: { codeType: 'identifier', code: 'X1-2026R' },
      startDateTime: '2026-09-06T21:00:00Z',
    }
    expect(toOpportunity(course({}, [run]))).toMatchObject({
      offerings: [{ startDate: '2026-09-07' }],
    })
  })

  it('names the semester of a run in Lithuanian', async () => {
    const { records } = await readSample(definition)
    const names = findRecord(records, 'CO-AI-01').offerings.map((run) => run.session?.name)
    expect(names).toEqual(['2026/27 rudens semestras', '2027/28 rudens semestras'])
  })
})

function course(syllabus: object, offerings: readonly object[] = []): unknown {
  const ktu = { ltksLygis: null, atsiskaitymai: [], vertinimas: 'dešimtbalė', ...syllabus }
  const code = { codeType: 'identifier', code: 'X1' }
  return { course: { primaryCode: code, name: [], ext: { ktu } }, offerings }
}
