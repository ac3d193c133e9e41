import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it('reads studiepoeng as ECTS', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'MM-DATA-01')).toMatchObject({
      ects: '2.5',
      nationalCredit: { value: '2.5', unit: 'studiepoeng' },
    })
  })

  it.each([
    ['Grunnutdanning', 5, 'NKR 5.2'],
    ['Lavere grad', 6, 'NKR 6.2'],
    ['Høyere grad', 7, 'NKR 7'],
  ])('places the cycle %s on EQF level %i', (studienivaa, eqfLevel, nqfLevel) => {
    const draft = toOpportunity(course({ ext: { studienivaa } }))
    expect(draft).toMatchObject({ eqfLevel, nqfLevel })
  })

  it('leaves the level open when the cycle is not known', () => {
    const draft = toOpportunity(course({ ext: { studienivaa: 'Annet' } }))
    expect(draft).toMatchObject({ eqfLevel: null, nqfLevel: null })
  })

  it('files a code with Norwegian letters under an ASCII id and keeps the code', async () => {
    const { records } = await readSample(definition)
    const economics = findRecord(records, 'OKO444')
    expect(economics.codes).toEqual([{ codeType: 'identifier', code: 'ØKO444' }])
    expect(economics.offerings[0]).toMatchObject({
      localId: 'OKO444-2027V',
      code: 'ØKO444-2027V',
    })
  })

  it('keeps the UUID of a course whose code has other letters outside ASCII', () => {
    const primaryCode = { codeType: 'identifier', code: 'SÁMI1' }
    const draft = toOpportunity(course({ primaryCode, courseId: 'a-uuid' }))
    expect(draft).toMatchObject({ localId: 'a-uuid' })
  })

  it('prices runs in Norwegian kroner', async () => {
    const { records } = await readSample(definition)
    const currencies = records.flatMap((it) => it.offerings.map((run) => run.price?.currency))
    expect(new Set(currencies)).toEqual(new Set(['NOK']))
  })
})

function course(values: object, offerings: readonly object[] = []): unknown {
  const code = { codeType: 'identifier', code: 'X1' }
  return { course: { primaryCode: code, name: [], ...values }, offerings }
}
