import { describe, expect, it } from 'vitest'
import { findRecord, readSample } from '../../tests/members/sample-catalogue.fixture.js'
import { toOpportunity } from './adapter.js'
import { definition } from './definition.js'

describe('the national conventions', () => {
  it.each([
    [6, 5],
    [7, 6],
    [8, 6],
    [9, 7],
    [10, 8],
  ])('places NFQ level %i on EQF level %i', (nfqLevel, eqfLevel) => {
    const draft = toOpportunity(course({ ext: { nfqLevel } }))
    expect(draft).toMatchObject({ eqfLevel, nqfLevel: `NFQ ${nfqLevel}` })
  })

  it('names no EQF level for an NFQ level outside higher education', () => {
    const draft = toOpportunity(course({ ext: { nfqLevel: 3 } }))
    expect(draft).toMatchObject({ eqfLevel: null, nqfLevel: 'NFQ 3' })
  })

  it('counts ECTS credits as the national ones', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'CO-AI-01')).toMatchObject({
      ects: '10',
      nationalCredit: { value: '10', unit: 'ECTS credit' },
      workloadHours: 250,
    })
  })

  it('offers Irish titles beside the English ones where there are any', async () => {
    const { records } = await readSample(definition)
    expect(findRecord(records, 'DC1215').title.ga).toBe(
      'Gaeilge san ionad oibre: na chéad chomhráite',
    )
  })
})

function course(values: object, offerings: readonly object[] = []): unknown {
  const code = { codeType: 'identifier', code: 'X1' }
  return { course: { primaryCode: code, name: [], ...values }, offerings }
}
