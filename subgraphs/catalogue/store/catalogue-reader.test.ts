import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isOpenForApplication } from '../domain/application-window.js'
import type { CatalogueFilter } from '../domain/catalogue-filter.js'
import type { OfferingRecord } from '../domain/catalogue-record.js'
import { sampleOffering, sampleOpportunity } from './sample-records.fixture.js'
import { openTestCatalogue, type TestCatalogue, testNow } from './test-catalogue.fixture.js'

let catalogue: TestCatalogue

const opensLater = { opensAt: '2027-03-01T12:00:01Z', closesAt: null }
const closed = { opensAt: null, closesAt: '2027-03-01T11:59:59Z' }

beforeAll(async () => {
  catalogue = await openTestCatalogue(['nl'])
  await catalogue.put([
    sampleOpportunity('PROGRAMME', { kind: 'PROGRAMME', ects: '60', eqfLevel: 7, iscedF: ['061'] }),
    sampleOpportunity('MICRO', {
      kind: 'MICRO_MODULE',
      ects: '2.5',
      eqfLevel: null,
      iscedF: ['0413', '0311'],
      mode: null,
      languages: ['nl'],
      partOf: ['PROGRAMME', 'NOWHERE'],
      offerings: [
        sampleOffering('MICRO-1', {
          mode: 'ONLINE',
          languages: ['en'],
          startDate: '2027-02-01',
          application: closed,
        }),
        sampleOffering('MICRO-2', { mode: 'PRESENTIAL', startDate: '2027-04-01' }),
        sampleOffering('MICRO-0', { startDate: '2026-01-01', state: 'CANCELLED', mode: 'COIL' }),
      ],
    }),
    sampleOpportunity('COURSE', {
      ects: null,
      partOf: ['PROGRAMME'],
      offerings: [
        sampleOffering('COURSE-1', { startDate: null, endDate: null, application: opensLater }),
      ],
    }),
  ])
})
afterAll(() => catalogue.drop())

async function offerings(filter: CatalogueFilter): Promise<string[]> {
  const page = await catalogue.reader.pageOfferings({ filter, page: {} })
  expect(await catalogue.reader.countOfferings(filter)).toBe(page.edges.length)
  return page.edges.map(({ node }) => node.id.split(':')[2] ?? '').sort()
}

async function opportunities(filter: CatalogueFilter): Promise<string[]> {
  const page = await catalogue.reader.pageOpportunities({ filter, page: {} })
  expect(await catalogue.reader.countOpportunities(filter)).toBe(page.edges.length)
  return page.edges.map(({ node }) => node.id.split(':')[2] ?? '').sort()
}

const all = {
  offerings: ['COURSE-1', 'MICRO-0', 'MICRO-1', 'MICRO-2'],
  opportunities: ['COURSE', 'MICRO', 'PROGRAMME'],
}

describe('filters', () => {
  const table: [string, CatalogueFilter, string[], string[]][] = [
    ['nothing', {}, all.offerings, all.opportunities],
    [
      'empty lists',
      { institutions: [], kinds: [], languages: [], iscedF: [] },
      all.offerings,
      all.opportunities,
    ],
    ['another member', { institutions: ['nobody'] }, [], []],
    ['the jurisdiction', { jurisdictions: ['SE', 'NL'] }, all.offerings, all.opportunities],
    ['another jurisdiction', { jurisdictions: ['SE'] }, [], []],
    [
      'kinds',
      { kinds: ['MICRO_MODULE', 'CHALLENGE'] },
      ['MICRO-0', 'MICRO-1', 'MICRO-2'],
      ['MICRO'],
    ],
    [
      'a lowest number of credits',
      { ects: { minimum: '2.5' } },
      ['MICRO-0', 'MICRO-1', 'MICRO-2'],
      ['MICRO', 'PROGRAMME'],
    ],
    [
      'a highest number of credits',
      { ects: { maximum: '59.99' } },
      ['MICRO-0', 'MICRO-1', 'MICRO-2'],
      ['MICRO'],
    ],
    ['no credits at all', { ects: { minimum: '0', maximum: '0' } }, [], []],
    ['EQF levels', { eqfLevels: [5, 6] }, ['COURSE-1'], ['COURSE']],
    ['a broad field', { iscedF: ['06'] }, ['COURSE-1'], ['COURSE', 'PROGRAMME']],
    ['a detailed field', { iscedF: ['0613'] }, ['COURSE-1'], ['COURSE']],
    ['several fields', { iscedF: ['0311', '0613'] }, all.offerings, ['COURSE', 'MICRO']],
    ['a language of one run', { languages: ['en'] }, ['COURSE-1', 'MICRO-1'], all.opportunities],
    ['a language runs inherit', { languages: ['nl'] }, ['MICRO-0', 'MICRO-2'], ['MICRO']],
    ['a mode of one run', { modes: ['ONLINE'] }, ['MICRO-1'], ['MICRO']],
    ['a mode runs inherit', { modes: ['BLENDED'] }, ['COURSE-1'], ['COURSE', 'PROGRAMME']],
    ['a start', { startDate: { from: '2027-02-02' } }, ['MICRO-2'], ['MICRO']],
    [
      'a latest start, inclusive',
      { startDate: { to: '2027-02-01' } },
      ['MICRO-0', 'MICRO-1'],
      ['MICRO'],
    ],
    ['open ones', { openForApplication: true }, ['MICRO-2'], ['MICRO']],
    [
      'those not open',
      { openForApplication: false },
      ['COURSE-1', 'MICRO-0', 'MICRO-1'],
      ['COURSE', 'MICRO'],
    ],
    [
      'open and started by then: one run must pass both',
      { openForApplication: true, startDate: { to: '2027-03-01' } },
      [],
      [],
    ],
    [
      'open and online: one run must pass both',
      { openForApplication: true, modes: ['ONLINE'] },
      [],
      [],
    ],
    [
      'open and on campus',
      { openForApplication: true, modes: ['PRESENTIAL'] },
      ['MICRO-2'],
      ['MICRO'],
    ],
    ['text and more', { text: 'course', kinds: ['COURSE'] }, ['COURSE-1'], ['COURSE']],
  ]
  it.each(table)(
    'narrows by %s',
    async (_name, filter, expectedOfferings, expectedOpportunities) => {
      expect(await offerings(filter)).toEqual(expectedOfferings)
      expect(await opportunities(filter)).toEqual(expectedOpportunities)
    },
  )

  it('calls open what the domain calls open', async () => {
    const ends = [null, '2027-02-28', '2027-03-01', '2027-03-02'] as const
    const instants = [null, '2027-03-01T11:59:59Z', '2027-03-01T12:00:00Z', '2027-03-01T12:00:01Z']
    const runs: OfferingRecord[] = []
    for (const state of ['ACTIVE', 'CONCEPT'] as const) {
      for (const endDate of ends) {
        runs.push(sampleOffering(`W${runs.length}`, { state, endDate, application: null }))
        for (const opensAt of instants) {
          for (const closesAt of instants) {
            runs.push(
              sampleOffering(`W${runs.length}`, {
                state,
                endDate,
                application: { opensAt, closesAt },
              }),
            )
          }
        }
      }
    }
    await catalogue.put([sampleOpportunity('WINDOWS', { kind: 'CHALLENGE', offerings: runs })])
    const filter: CatalogueFilter = { kinds: ['CHALLENGE'], openForApplication: true }
    const page = await catalogue.reader.pageOfferings({ filter, page: { first: 100 } })
    await catalogue.withdraw(['WINDOWS'])
    const expected = runs.filter((run) => isOpenForApplication(run, testNow, 'Europe/Amsterdam'))
    expect(page.edges.map(({ node }) => node.id.split(':')[2]).sort()).toEqual(
      expected.map(({ localId }) => localId).sort(),
    )
    expect(expected.length).toBeGreaterThan(5)
  })
})

describe('facets', () => {
  it('counts runs by every facet', async () => {
    const facets = await catalogue.reader.readFacets({}, 'COURSE_OFFERINGS')
    expect(facets).toEqual({
      totalCount: 4,
      institutions: [{ value: catalogue.slug, count: 4 }],
      jurisdictions: [{ value: 'NL', count: 4 }],
      kinds: [
        { value: 'MICRO_MODULE', count: 3 },
        { value: 'COURSE', count: 1 },
      ],
      ects: [
        { value: '1-3', count: 3 },
        { value: 'unknown', count: 1 },
      ],
      eqfLevels: [{ value: '6', count: 1 }],
      iscedF: [
        { value: '03', count: 3 },
        { value: '04', count: 3 },
        { value: '06', count: 1 },
      ],
      languages: [
        { value: 'en', count: 2 },
        { value: 'nl', count: 2 },
      ],
      modes: [
        { value: 'BLENDED', count: 1 },
        { value: 'COIL', count: 1 },
        { value: 'ONLINE', count: 1 },
        { value: 'PRESENTIAL', count: 1 },
      ],
    })
  })

  it('counts only what the filter lets through', async () => {
    const facets = await catalogue.reader.readFacets(
      { kinds: ['PROGRAMME'] },
      'LEARNING_OPPORTUNITIES',
    )
    expect(facets).toMatchObject({ totalCount: 1, ects: [{ value: '>30', count: 1 }] })
    const none = await catalogue.reader.readFacets({ institutions: ['nobody'] }, 'COURSE_OFFERINGS')
    expect(none).toMatchObject({ totalCount: 0, institutions: [], kinds: [] })
    const found = await catalogue.reader.readFacets(
      { text: 'course', openForApplication: true },
      'LEARNING_OPPORTUNITIES',
    )
    expect(found.totalCount).toBe(1)
  })
})

describe('relations', () => {
  const opportunityId = (localId: string) => `${catalogue.slug}:opportunity:${localId}`

  it('finds the parts of several opportunities at once, by title', async () => {
    const parts = await catalogue.reader.findParts([
      opportunityId('PROGRAMME'),
      opportunityId('MICRO'),
    ])
    expect(parts.get(opportunityId('PROGRAMME'))?.map(({ id }) => id)).toEqual([
      opportunityId('COURSE'),
      opportunityId('MICRO'),
    ])
    expect(parts.get(opportunityId('MICRO'))).toEqual([])
  })

  it('pages the runs of several opportunities at once, by start date', async () => {
    const ids = [opportunityId('MICRO'), opportunityId('COURSE'), opportunityId('PROGRAMME')]
    const pages = await catalogue.reader.pageRuns(ids, { first: 2 })
    const micro = pages.get(opportunityId('MICRO'))
    expect(micro?.edges.map(({ node }) => node.startDate)).toEqual(['2026-01-01', '2027-02-01'])
    expect(micro).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    expect(pages.get(opportunityId('PROGRAMME'))).toEqual({
      edges: [],
      hasNextPage: false,
      hasPreviousPage: false,
    })
    const next = await catalogue.reader.pageRuns(ids, {
      first: 2,
      after: micro?.edges[1]?.cursor ?? '',
    })
    expect(next.get(opportunityId('MICRO'))).toMatchObject({
      edges: [{ node: { startDate: '2027-04-01' } }],
      hasNextPage: false,
      hasPreviousPage: true,
    })
    expect(await catalogue.reader.countRuns(ids)).toEqual(
      new Map([
        [opportunityId('MICRO'), 3],
        [opportunityId('COURSE'), 1],
      ]),
    )
  })

  it('gives runs the title, mode and languages of their opportunity where they have none', async () => {
    const id = `${catalogue.slug}:offering:COURSE-1`
    const found = await catalogue.reader.findOfferings([id, `${catalogue.slug}:offering:GONE`])
    expect([...found.keys()]).toEqual([id])
    expect(found.get(id)).toMatchObject({
      title: { en: 'Course COURSE' },
      mode: 'BLENDED',
      languages: ['en'],
    })
  })
})
