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
      ['en'].some((language) => !it.title[language] || !it.description[language]),
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
    const { records } = await readSample()
    expect(find(records, 'CO-AI-01')).toMatchObject({
      ects: '10',
      nationalCredit: { value: '10', unit: 'ECTS credit' },
      workloadHours: 250,
    })
  })

  it('offers Irish titles beside the English ones where there are any', async () => {
    const { records } = await readSample()
    expect(find(records, 'DC1215').title.ga).toBe('Gaeilge san ionad oibre: na chéad chomhráite')
  })
})

function course(values: object, offerings: readonly object[] = []): unknown {
  const code = { codeType: 'identifier', code: 'X1' }
  return { course: { primaryCode: code, name: [], ...values }, offerings }
}
