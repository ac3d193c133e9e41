import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { comparePositions, parseCursor, toCursor } from '../../../schema/index.js'
import type { Page } from '../domain/page.js'
import type { PageRequest } from './catalogue-reader.js'
import { sampleOffering, sampleOpportunity } from './sample-records.fixture.js'
import { openTestCatalogue, type TestCatalogue } from './test-catalogue.fixture.js'

let catalogue: TestCatalogue

/** Titles on which code points, UTF-16 units and locales disagree. */
const awkwardTitles = [
  'Zebra',
  'apple',
  'Äpfel',
  'Apfel',
  'École',
  'ecole',
  'Łódź',
  'Lodz',
  'ﬁne',
  'fine',
  '10 days',
  '9 days',
  '2',
  '🎉 Party',
  '🎉',
  '…',
  '  spaces  ',
  'a-b',
  'a b',
  'ab',
  '𝔘nicode',
  '𐍈 gothic',
  '\uE000 private',
  '\uFB01',
  'ß',
  'ss',
  'ø',
  'o',
  'Đà',
  'þorn',
  'same',
  'same',
  'same',
  'IT-Sicherheit',
  'it sicherheit',
  'Ω',
  'ω',
  'ｆｕｌｌ',
  '漢字',
  '한국',
]

beforeAll(async () => {
  catalogue = await openTestCatalogue(['nl'])
  const extra = fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), {
    seed: 7,
    numRuns: 60,
  })
  const titles = [...awkwardTitles, ...extra.filter((title) => !title.includes('\0'))]
  await catalogue.put(
    titles.map((title, index) =>
      sampleOpportunity(`O${index}`, {
        title: index % 5 === 0 ? { nl: title } : { en: title },
        description: { en: index % 3 === 0 ? 'robots and data' : 'data' },
        ects: index % 7 === 0 ? null : String((index % 11) + 0.5),
        offerings: [0, 1].slice(0, index % 3).map((run) =>
          sampleOffering(`O${index}-${run}`, {
            startDate: (index + run) % 4 === 0 ? null : `2027-0${1 + (index % 6)}-01`,
          }),
        ),
      }),
    ),
  )
})
afterAll(() => catalogue.drop())

type Root = 'pageOfferings' | 'pageOpportunities'
const roots: Root[] = ['pageOfferings', 'pageOpportunities']
const orders = (['RELEVANCE', 'START_DATE', 'TITLE', 'ECTS'] as const).flatMap((field) =>
  (['ASC', 'DESC'] as const).map((direction) => ({ field, direction })),
)
const cases = roots.flatMap((root) => orders.map((orderBy) => ({ root, orderBy })))

async function read(
  root: Root,
  request: Omit<PageRequest, 'filter'>,
): Promise<Page<{ id: string }>> {
  return catalogue.reader[root]({ filter: { text: 'data' }, ...request })
}

const idsOf = (page: Page<{ id: string }>) => page.edges.map(({ node }) => node.id)

describe('paging', () => {
  it.each(cases)('orders as comparePositions does ($root $orderBy)', async ({ root, orderBy }) => {
    const page = await read(root, { orderBy, page: { first: 100 } })
    expect(page.edges.length).toBeGreaterThan(50)
    const positions = page.edges.map(({ cursor }) => parseCursor(cursor))
    for (let index = 1; index < positions.length; index += 1) {
      const [left, right] = [positions[index - 1], positions[index]]
      if (!left || !right) throw new Error('a cursor is not ours')
      expect(comparePositions(left, right)).toBeLessThan(0)
    }
  })

  it.each(cases)(
    'returns each row once, forwards and backwards ($root $orderBy)',
    async ({ root, orderBy }) => {
      const count = root === 'pageOfferings' ? 'countOfferings' : 'countOpportunities'
      const total = await catalogue.reader[count]({ text: 'data' })
      const forwards: string[] = []
      let after: string | null = null
      for (;;) {
        const page: Page<{ id: string }> = await read(root, { orderBy, page: { first: 17, after } })
        expect(page.hasPreviousPage).toBe(after !== null)
        forwards.push(...idsOf(page))
        expect(page.hasNextPage).toBe(forwards.length < total)
        if (!page.hasNextPage) break
        after = page.edges.at(-1)?.cursor ?? null
      }
      expect(new Set(forwards).size).toBe(total)
      expect(forwards).toHaveLength(total)
      const backwards: string[] = []
      let before: string | null = null
      for (;;) {
        const page: Page<{ id: string }> = await read(root, { orderBy, page: { last: 13, before } })
        expect(page.hasNextPage).toBe(before !== null)
        backwards.unshift(...idsOf(page))
        expect(page.hasPreviousPage).toBe(backwards.length < total)
        if (!page.hasPreviousPage) break
        before = page.edges[0]?.cursor ?? null
      }
      expect(backwards).toEqual(forwards)
    },
  )

  it('pages between two cursors, and knows what lies outside them', async () => {
    const orderBy = { field: 'TITLE', direction: 'ASC' } as const
    const all = await read('pageOpportunities', { orderBy, page: { first: 30 } })
    const [after, before] = [all.edges[4]?.cursor ?? '', all.edges[10]?.cursor ?? '']
    const page = await read('pageOpportunities', { orderBy, page: { after, before } })
    expect(idsOf(page)).toEqual(idsOf(all).slice(5, 10))
    expect(page).toMatchObject({ hasNextPage: true, hasPreviousPage: true })
    const last = await read('pageOpportunities', { orderBy, page: { last: 2, after, before } })
    expect(idsOf(last)).toEqual(idsOf(all).slice(8, 10))
  })

  it('goes on from a position between its rows, as another member makes them', async () => {
    const orderBy = { field: 'TITLE', direction: 'ASC' } as const
    const foreign = toCursor({
      order: 'TITLE',
      direction: 'ASC',
      keys: ['m'],
      id: 'zzz:opportunity:1',
    })
    const [upTo, from] = [
      await read('pageOpportunities', { orderBy, page: { last: 100, before: foreign } }),
      await read('pageOpportunities', { orderBy, page: { first: 100, after: foreign } }),
    ]
    const whole = await read('pageOpportunities', { orderBy, page: { first: 100 } })
    expect([...idsOf(upTo), ...idsOf(from)]).toEqual(idsOf(whole))
  })

  it('says that rows lie before the cursor when none lie after it', async () => {
    const end = toCursor({
      order: 'START_DATE',
      direction: 'ASC',
      keys: ['9999-12-31'],
      id: 'zzz:offering:1',
    })
    const page = await read('pageOfferings', {
      orderBy: { field: 'START_DATE' },
      page: { first: 5, after: end },
    })
    expect(page).toEqual({ edges: [], hasNextPage: false, hasPreviousPage: true })
  })

  it('has pages of 20 by default and up to 100', async () => {
    expect((await read('pageOpportunities', { page: {} })).edges).toHaveLength(20)
    for (const page of [{ first: 101 }, { last: 101 }, { first: -1 }, { first: 1, last: 1 }]) {
      await expect(read('pageOpportunities', { page })).rejects.toMatchObject({
        code: 'PAGE_SIZE_INVALID',
      })
    }
    expect(await read('pageOpportunities', { page: { first: 0 } })).toMatchObject({
      edges: [],
      hasNextPage: true,
    })
  })

  it('refuses cursors that are not ours or of another order', async () => {
    const orderBy = { field: 'ECTS', direction: 'DESC' } as const
    const cursors = [
      'nonsense',
      toCursor({ order: 'ECTS', direction: 'ASC', keys: [1], id: 'a' }),
      toCursor({ order: 'TITLE', direction: 'DESC', keys: ['a'], id: 'a' }),
      toCursor({ order: 'ECTS', direction: 'DESC', keys: ['a'], id: 'a' }),
      toCursor({ order: 'ECTS', direction: 'DESC', keys: [1, 2], id: 'a' }),
      toCursor({ order: 'ECTS', direction: 'DESC', keys: [1], id: 'a\0' }),
    ]
    for (const cursor of cursors) {
      for (const page of [{ after: cursor }, { before: cursor }]) {
        await expect(read('pageOfferings', { orderBy, page })).rejects.toMatchObject({
          code: 'CURSOR_INVALID',
        })
      }
    }
  })

  it('orders by relevance with a text and by date or title without one', async () => {
    const orderOf = async (root: Root, text: string | null, orderBy?: PageRequest['orderBy']) => {
      const page = await catalogue.reader[root]({
        filter: { text },
        orderBy: orderBy ?? null,
        page: { first: 1 },
      })
      const position = parseCursor(page.edges[0]?.cursor ?? '')
      return `${position?.order} ${position?.direction}`
    }
    expect(await orderOf('pageOfferings', 'data')).toBe('RELEVANCE DESC')
    expect(await orderOf('pageOfferings', null)).toBe('START_DATE ASC')
    expect(await orderOf('pageOfferings', ' ')).toBe('START_DATE ASC')
    expect(await orderOf('pageOpportunities', null)).toBe('TITLE ASC')
    expect(await orderOf('pageOpportunities', null, { field: 'RELEVANCE' })).toBe('TITLE ASC')
    expect(await orderOf('pageOfferings', 'data', { field: 'RELEVANCE', direction: 'ASC' })).toBe(
      'RELEVANCE DESC',
    )
  })
})
