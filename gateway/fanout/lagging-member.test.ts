import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeCatalogue } from '../../tests/fixtures/members/fake-catalogue.js'
import { makeOfferings } from '../../tests/fixtures/members/fake-offerings.js'
import { type FakeMember, startFakeMember } from '../../tests/fixtures/members/start-fake-member.js'
import { type OpenFanOut, openFanOut } from './open-fan-out.fixture.js'

/** The contract one version ago. */
const oldSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  directive @fanOut(merge: FanOutMerge!, members: String, jurisdictions: String) on FIELD_DEFINITION
  directive @routeBy(argument: String!) on FIELD_DEFINITION
  enum FanOutMerge { CONNECTION CONCAT SUM FACETS }
  enum CatalogueOrderField { START_DATE }
  enum OrderDirection { ASC DESC }
  input CatalogueFilter { text: String }
  input CatalogueOrder { field: CatalogueOrderField! direction: OrderDirection }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type CourseOffering @key(fields: "id") { id: ID! title: String! code: String }
  type CourseOfferingEdge { cursor: String! node: CourseOffering! }
  type CourseOfferingConnection { totalCount: Int! edges: [CourseOfferingEdge!]! nodes: [CourseOffering!]! pageInfo: PageInfo! }
  type Query {
    courseOfferings(filter: CatalogueFilter, orderBy: CatalogueOrder, first: Int, after: String, last: Int, before: String): CourseOfferingConnection
      @fanOut(merge: CONNECTION)
    courseOffering(id: ID!): CourseOffering @routeBy(argument: "id")
  }`

const newSdl = oldSdl
  .replace('code: String', 'code(style: String): String startDate: String')
  .replace(
    'input CatalogueFilter { text: String }',
    'input CatalogueFilter { text: String level: Int }',
  )
  .replace('type Query {', 'type Query { count: Int @fanOut(merge: SUM)')
  .replace('first: Int,', 'region: String, first: Int,')

describe('fan-out with a member one contract version behind', () => {
  const members: FakeMember[] = []
  let fanOut: OpenFanOut

  beforeAll(async () => {
    for (const [slug, sdl] of [
      ['old', oldSdl],
      ['new', newSdl],
    ] as const) {
      const options = { slug, sdl: withoutUnusedResolvers(sdl), offerings: makeOfferings(slug, 2) }
      members.push(await startFakeMember(createFakeCatalogue(options)))
    }
    fanOut = await openFanOut(members, { sdl: newSdl })
  })
  afterAll(async () => {
    await fanOut.stop()
    for (const member of members) await member.stop()
  })

  it('lists what the member does not know', () => {
    expect(fanOut.directory.list()).toMatchObject([
      {
        slug: 'old',
        state: 'lagging',
        missingFields: [
          'CatalogueFilter.level',
          'CourseOffering.code(style:)',
          'CourseOffering.startDate',
          'Query.count',
          'Query.courseOfferings(region:)',
        ],
      },
      { slug: 'new', state: 'serving', missingFields: [] },
    ])
  })

  it('counts its rows, gives null for what it lacks, and says so', async () => {
    const {
      data,
      errors,
      members: outcomes,
    } = await fanOut.ask(
      `query($with: Boolean!, $style: String) {
        courseOfferings(orderBy: { field: START_DATE }) {
          totalCount
          nodes { id ...Dates skipped: startDate @include(if: $with) }
        }
      }
      fragment Dates on CourseOffering { start: startDate plain: code styled: code(style: $style) }`,
      { with: false, style: 'short' },
    )
    expect(errors).toBeUndefined()
    expect(data.courseOfferings.totalCount).toBe(4)
    const old = data.courseOfferings.nodes.find(({ id }: { id: string }) => id === 'old:offering:0')
    expect(old).toEqual({
      id: 'old:offering:0',
      start: null,
      plain: 'code of old:offering:0',
      styled: null,
    })
    const recent = data.courseOfferings.nodes.find(
      ({ id }: { id: string }) => id === 'new:offering:0',
    )
    expect(recent.start).toMatch(/^2026-/)
    expect(outcomes).toMatchObject({
      old: {
        outcome: 'skipped',
        code: 'FIELDS_UNKNOWN',
        reason: expect.stringContaining('startDate'),
      },
      new: { outcome: 'ok' },
    })
  })

  it('is reported ok when nothing it lacks is asked for', async () => {
    const { members: outcomes } = await fanOut.ask('{ courseOfferings { totalCount } }')
    expect(outcomes).toMatchObject({ old: { outcome: 'ok' }, new: { outcome: 'ok' } })
  })

  it.each([
    ['in the document', '{ courseOfferings(filter: { level: 6 }) { totalCount } }', {}],
    ['as an argument', '{ courseOfferings(region: "x") { totalCount } }', {}],
    [
      'in a variable',
      'query($filter: CatalogueFilter) { courseOfferings(filter: $filter) { totalCount } }',
      { filter: { level: 6 } },
    ],
  ])('is not asked when a filter it cannot apply stands %s', async (_name, query, variables) => {
    const { data, members: outcomes } = await fanOut.ask(query, variables)
    expect(data.courseOfferings.totalCount).toBe(2)
    expect(outcomes.old).toMatchObject({ outcome: 'skipped', code: 'FIELDS_UNKNOWN' })
  })

  it('gives null for a pruned field of an entity', async () => {
    const { data } = await fanOut.ask(
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on CourseOffering { startDate title } } }`,
      { r: [{ __typename: 'CourseOffering', id: 'old:offering:1' }] },
    )
    expect(data._entities).toEqual([{ startDate: null, title: 'old course 1' }])
  })
})

/** Apollo's library refuses resolvers for types a schema does not have; a type nobody reaches costs nothing. */
function withoutUnusedResolvers(sdl: string): string {
  return `${sdl}
  type Institution @key(fields: "id") { id: ID! slug: String }
  extend type Query { institutions: [Institution!] catalogueFacets: Int }`
}
