import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { comparePositions } from '../../schema/index.js'
import {
  createFakeCatalogue,
  type FakeOffering,
  toPosition,
} from '../../tests/fixtures/members/fake-catalogue.js'
import { makeOfferings } from '../../tests/fixtures/members/fake-offerings.js'
import { changeEntities, tampering } from '../../tests/fixtures/members/misbehaviours.js'
import { type FakeMember, startFakeMember } from '../../tests/fixtures/members/start-fake-member.js'
import { catalogueSdl, type OpenFanOut, openFanOut } from './open-fan-out.fixture.js'

const sizes = { aau: 37, dcu: 3, liu: 0, uis: 1, ktu: 64 }
const jurisdictions: Record<string, string> = {
  aau: 'DK',
  dcu: 'IE',
  liu: 'SE',
  uis: 'NO',
  ktu: 'LT',
}

describe('fan-out over five members', () => {
  const members = new Map<string, FakeMember>()
  const offerings: FakeOffering[] = []
  let fanOut: OpenFanOut

  beforeAll(async () => {
    for (const [slug, size] of Object.entries(sizes)) {
      const own = makeOfferings(slug, size, slug.length + size)
      offerings.push(...own)
      const catalogue = createFakeCatalogue({
        slug,
        sdl: catalogueSdl,
        offerings: own,
        jurisdiction: jurisdictions[slug] ?? 'XX',
      })
      members.set(slug, await startFakeMember(catalogue))
    }
    fanOut = await openFanOut(
      [...members].map(([slug, { url }]) => ({
        slug,
        url,
        jurisdiction: jurisdictions[slug] ?? '',
      })),
      { memberTimeoutMs: 2_000 },
    )
  })
  afterAll(async () => {
    await fanOut?.stop()
    for (const member of members.values()) await member.stop()
  })

  function sortedIds(direction: 'ASC' | 'DESC'): string[] {
    return [...offerings]
      .sort((a, b) => comparePositions(toPosition(a, direction), toPosition(b, direction)))
      .map(({ id }) => id)
  }

  it.each(['ASC', 'DESC'] as const)('pages forward over every row once, %s', async (direction) => {
    const query = `query($after: String, $direction: OrderDirection) {
      courseOfferings(first: 17, after: $after, orderBy: { field: START_DATE, direction: $direction }) {
        totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor }
      }
    }`
    const seen: string[] = []
    let after: string | null = null
    for (let page = 0; page < 20; page += 1) {
      const { data, errors } = await fanOut.ask(query, { after, direction })
      expect(errors).toBeUndefined()
      const { nodes, pageInfo, totalCount } = data.courseOfferings
      expect(totalCount).toBe(offerings.length)
      expect(pageInfo.hasPreviousPage).toBe(page > 0)
      seen.push(...nodes.map(({ id }: { id: string }) => id))
      after = pageInfo.endCursor
      if (!pageInfo.hasNextPage) break
    }
    expect(seen).toEqual(sortedIds(direction))
  })

  it('pages backward over every row once', async () => {
    const query = `query($before: String) {
      courseOfferings(last: 20, before: $before, orderBy: { field: START_DATE }) {
        edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor }
      }
    }`
    const seen: string[] = []
    let before: string | null = null
    for (let page = 0; page < 20; page += 1) {
      const { data } = await fanOut.ask(query, { before })
      const { edges, pageInfo } = data.courseOfferings
      expect(pageInfo.hasNextPage).toBe(page > 0)
      seen.unshift(...edges.map(({ node }: { node: { id: string } }) => node.id))
      before = pageInfo.startCursor
      if (!pageInfo.hasPreviousPage) break
    }
    expect(seen).toEqual(sortedIds('ASC'))
  })

  it('merges under aliases, fragments and conditions as the client wrote them', async () => {
    const { data, errors } = await fanOut.ask(
      `query($edges: Boolean!, $count: Boolean!) {
        page: courseOfferings(first: 2, orderBy: { field: START_DATE }) {
          ...Rows
          rows: nodes { key: id }
          nodes @include(if: $count) { id }
          count: totalCount @include(if: $count)
          __typename
        }
      }
      fragment Rows on CourseOfferingConnection {
        e: edges @include(if: $edges) { c: cursor ... on CourseOfferingEdge { n: node { id } } }
        info: pageInfo { more: hasNextPage ...Ends }
      }
      fragment Ends on PageInfo { endCursor }`,
      { edges: true, count: false },
    )
    expect(errors).toBeUndefined()
    const ids = sortedIds('ASC').slice(0, 2)
    expect(Object.keys(data.page).sort()).toEqual(['__typename', 'e', 'info', 'rows'])
    expect(data.page.rows).toEqual(ids.map((key) => ({ key })))
    expect(data.page.e.map(({ n }: { n: { id: string } }) => n.id)).toEqual(ids)
    expect(data.page.info).toEqual({ more: true, endCursor: data.page.e[1].c })
  })

  it('asks only the members a filter names, by slug and by jurisdiction', async () => {
    const query = `query($filter: CatalogueFilter) { courseOfferings(filter: $filter) { totalCount } }`
    const bySlug = await fanOut.ask(query, { filter: { institutions: ['dcu', 'uis'] } })
    expect(bySlug.data.courseOfferings.totalCount).toBe(4)
    expect(Object.keys(bySlug.members).sort()).toEqual(['dcu', 'uis'])
    const both = await fanOut.ask(query, {
      filter: { institutions: ['dcu', 'uis'], jurisdictions: ['NO'] },
    })
    expect(Object.keys(both.members)).toEqual(['uis'])
    const neither = await fanOut.ask(query, {
      filter: { institutions: ['dcu'], jurisdictions: ['NO'] },
    })
    expect(neither.data.courseOfferings.totalCount).toBe(0)
    expect(neither.members).toEqual({})
  })

  it('refuses a slug or jurisdiction that is not in the register, and answers the other fields', async () => {
    const { data, errors } = await fanOut.ask(`{
      courseOfferings(filter: { institutions: ["dcuu"] }) { totalCount }
      other: courseOfferings(filter: { jurisdictions: ["NO"] }) { totalCount }
    }`)
    expect(data).toEqual({ courseOfferings: null, other: { totalCount: 1 } })
    expect(errors).toMatchObject([
      {
        path: ['courseOfferings'],
        extensions: { code: 'MEMBER_UNKNOWN' },
        message: expect.stringContaining('dcuu'),
      },
    ])
  })

  it.each([
    ['first: 101', 'PAGE_SIZE_INVALID'],
    ['first: 1, last: 1', 'PAGE_SIZE_INVALID'],
    ['after: "nonsense"', 'CURSOR_INVALID'],
  ])('refuses the paging arguments %s with %s', async (args, code) => {
    const { data, errors } = await fanOut.ask(`{ courseOfferings(${args}) { totalCount } }`)
    expect(data).toEqual({ courseOfferings: null })
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([code])
  })

  it('concatenates in register order and adds up facets, most frequent first', async () => {
    const { data } = await fanOut.ask(`{
      institutions { slug }
      catalogueFacets { n: totalCount languages { v: value count } institutions { value c: count } }
    }`)
    expect(data.institutions.map(({ slug }: { slug: string }) => slug)).toEqual(Object.keys(sizes))
    expect(data.catalogueFacets.n).toBe(offerings.length)
    expect(data.catalogueFacets.institutions).toEqual([
      { value: 'ktu', c: 64 },
      { value: 'aau', c: 37 },
      { value: 'dcu', c: 3 },
      { value: 'uis', c: 1 },
    ])
    const english = offerings.filter(({ language }) => language === 'en').length
    expect(data.catalogueFacets.languages).toContainEqual({ v: 'en', count: english })
  })

  it('asks one member once for several fields, and only the owner for an id', async () => {
    const before = members.get('dcu')?.requests.length ?? 0
    const { data, members: outcomes } = await fanOut.ask(`{
      a: courseOffering(id: "dcu:offering:1") { id title }
      b: courseOffering(id: "dcu:offering:2") { title }
      unknown: courseOffering(id: "dcu:offering:none") { title }
      nobody: courseOffering(id: "mit:offering:1") { title }
    }`)
    expect(data).toEqual({
      a: { id: 'dcu:offering:1', title: 'dcu course 1' },
      b: { title: 'dcu course 2' },
      unknown: null,
      nobody: null,
    })
    expect(Object.keys(outcomes)).toEqual(['dcu'])
    expect((members.get('dcu')?.requests.length ?? 0) - before).toBe(1)
  })

  it('refuses an id that is not one with null and ID_INVALID', async () => {
    const { data, errors } = await fanOut.ask(`{ courseOffering(id: "nonsense") { id } }`)
    expect(data).toEqual({ courseOffering: null })
    expect(errors).toMatchObject([{ path: ['courseOffering'], extensions: { code: 'ID_INVALID' } }])
  })

  describe('entities', () => {
    const query = `query($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on CourseOffering { title } }
    }`
    const ids = [
      'ktu:offering:5',
      'aau:offering:2',
      'ktu:offering:1',
      'mit:offering:1',
      'aau:offering:x',
      'nonsense',
    ]
    const representations = ids.map((id) => ({ __typename: 'CourseOffering', id }))

    it('are asked of their owners and come back in order, null where there is none', async () => {
      const { data, errors, members: outcomes } = await fanOut.ask(query, { representations })
      expect(errors).toBeUndefined()
      expect(data._entities).toEqual([
        { title: 'ktu course 5' },
        { title: 'aau course 2' },
        { title: 'ktu course 1' },
        null,
        null,
        null,
      ])
      expect(Object.keys(outcomes).sort()).toEqual(['aau', 'ktu'])
    })

    it.each([
      ['too short', (all: unknown[]) => all.slice(1), 'ANSWER_LENGTH'],
      ['too long', (all: unknown[]) => [...all, null], 'ANSWER_LENGTH'],
      ['out of order', (all: unknown[]) => [...all].reverse(), 'ANSWER_ORDER'],
      [
        'about what another member owns',
        (all: unknown[]) =>
          all.map((entity) => ({ ...(entity as object), _hub_id: 'aau:offering:2' })),
        'FOREIGN_ID',
      ],
    ])('are not merged when a member answers %s', async (_name, change, code) => {
      members.get('ktu')?.misbehave(tampering(changeEntities(change)))
      const { data, members: outcomes } = await fanOut.ask(query, { representations })
      members.get('ktu')?.misbehave(null)
      expect(data._entities).toEqual([null, { title: 'aau course 2' }, null, null, null, null])
      expect(outcomes.ktu).toMatchObject({ outcome: 'failed', code })
      expect(outcomes.aau).toMatchObject({ outcome: 'ok' })
    })
  })

  it('answers introspection, _service and __typename itself, next to fields it fans out', async () => {
    const { data } = await fanOut.ask(`{
      __typename _service { sdl } __type(name: "CourseOffering") { name } courseOfferings { totalCount }
    }`)
    expect(data).toEqual({
      __typename: 'Query',
      _service: { sdl: catalogueSdl },
      __type: { name: 'CourseOffering' },
      courseOfferings: { totalCount: offerings.length },
    })
  })

  it('refuses what the contract does not know before asking anybody', async () => {
    const { errors, members: outcomes } = await fanOut.ask('{ courseOfferings { nonsense } }')
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }])
    expect(outcomes).toEqual({})
  })
})
