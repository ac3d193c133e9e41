import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestHub, type TestHub } from './start-test-hub.js'

const orders = ['RELEVANCE', 'START_DATE', 'TITLE', 'ECTS'] as const
const directions = ['ASC', 'DESC'] as const

interface Page {
  readonly totalCount: number
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[]
}

const pageQuery = /* GraphQL */ `
  query Page($filter: CatalogueFilter, $orderBy: CatalogueOrder, $first: Int, $after: String, $last: Int, $before: String) {
    courseOfferings(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { id } }
    }
  }
`

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub()
})
afterAll(() => hub?.stop())

async function readPage(variables: Readonly<Record<string, unknown>>): Promise<Page> {
  const answer = await hub.ask(pageQuery, variables)
  expect(answer.errors).toBeUndefined()
  return answer.data?.courseOfferings as Page
}

describe('course offerings across all institutions', () => {
  test('open offerings about artificial intelligence come from several countries, joined with recognition', async () => {
    const answer = await hub.ask(/* GraphQL */ `
      {
        courseOfferings(filter: { text: "artificial intelligence", openForApplication: true }, first: 20) {
          totalCount
          edges {
            node {
              title
              institution { name countryCode }
              opportunity {
                ects
                microCredential { title }
                pathways { edges { node { title } } }
              }
            }
          }
        }
      }
    `)
    expect(answer.errors).toBeUndefined()
    const offerings = answer.data?.courseOfferings as {
      totalCount: number
      edges: {
        node: {
          title: string
          institution: { name: string; countryCode: string }
          opportunity: {
            ects: string
            microCredential: { title: string } | null
            pathways: { edges: { node: { title: string } }[] }
          }
        }
      }[]
    }
    expect(offerings.totalCount).toBeGreaterThanOrEqual(13)
    expect(offerings.edges).toHaveLength(20)
    const nodes = offerings.edges.map(({ node }) => node)
    expect(new Set(nodes.map(({ institution }) => institution.countryCode)).size).toBeGreaterThan(4)
    expect(nodes.some(({ opportunity }) => opportunity.microCredential !== null)).toBe(true)
    expect(nodes.some(({ opportunity }) => opportunity.pathways.edges.length > 0)).toBe(true)
    expect(answer.extensions?.hub.members.map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 13 }, () => 'ok'),
    )
  })

  test.each(orders.flatMap((field) => directions.map((direction) => ({ field, direction }))))(
    'paging by $field $direction, forward and backward, shows each offering exactly once in one total order',
    async ({ field, direction }) => {
      const filter = field === 'RELEVANCE' ? { text: 'data' } : {}
      const given = { filter, orderBy: { field, direction } }
      const forward = await walk(given, 'forward', 37)
      const backward = await walk(given, 'backward', 41)
      expect(new Set(forward.ids).size).toBe(forward.ids.length)
      expect(forward.ids).toHaveLength(forward.totalCount)
      expect(backward.ids).toEqual(forward.ids)
      if (field !== 'RELEVANCE') expect(forward.totalCount).toBeGreaterThan(500)
    },
    60_000,
  )
})

async function walk(
  given: Readonly<Record<string, unknown>>,
  way: 'forward' | 'backward',
  size: number,
): Promise<{ ids: string[]; totalCount: number }> {
  const pages: string[][] = []
  let position: string | null = null
  for (;;) {
    const page: Page = await readPage(
      way === 'forward'
        ? { ...given, first: size, after: position }
        : { ...given, last: size, before: position },
    )
    const ids = page.edges.map(({ node }) => node.id)
    pages.push(ids)
    const isFirstRequest = position === null
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo
    expect(way === 'forward' ? hasPreviousPage : hasNextPage).toBe(!isFirstRequest)
    expect([startCursor, endCursor]).toEqual([page.edges[0]?.cursor, page.edges.at(-1)?.cursor])
    const hasMore = way === 'forward' ? hasNextPage : hasPreviousPage
    if (!hasMore) {
      const ordered = way === 'forward' ? pages : pages.reverse()
      return { ids: ordered.flat(), totalCount: page.totalCount }
    }
    expect(ids).toHaveLength(size)
    position = way === 'forward' ? endCursor : startCursor
  }
}
