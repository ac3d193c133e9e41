import { expect, test } from 'vitest'
import { toCursor } from '../../schema/index.js'
import type { PageMergeOptions } from './merge-page.js'
import { createPageReader } from './page-reader.js'

const cursorOf = (title: string): string =>
  toCursor({ order: 'TITLE', direction: 'ASC', keys: [title], id: `dcu:offering:${title}` })
const edge = (title: string) => ({ cursor: cursorOf(title), node: { id: `dcu:offering:${title}` } })
const page = { size: 2, isBackward: false, after: null, before: null }
const options: PageMergeOptions = {
  page,
  reserved: '_hub',
  selected: new Map([['edges', { name: 'edges', selectionSets: [] }]]),
  rowKeys: { edges: 'edges', cursor: 'cursor', node: 'node', id: 'id', isAdded: false },
  fragments: new Map(),
}
const makeAnswer = () => ({
  member: 'dcu',
  value: { edges: [edge('a'), edge('b')], _hub_page: { hasNextPage: true } },
  errors: [],
  isShared: true,
})

test('a kept page is verified once for the same question, whatever the list is called', () => {
  const read = createPageReader()
  const answer = makeAnswer()
  const first = read(answer, options)
  expect(first).toMatchObject({ cursors: [cursorOf('a'), cursorOf('b')], hasNextPage: true })
  expect(read(answer, { ...options, page: { ...page }, selected: new Map(options.selected) })).toBe(
    first,
  )
})

test.each([
  ['another place of the cursors', { rowKeys: { ...options.rowKeys, edges: 'rows' } }],
  ['another selection', { selected: new Map([['rows', { name: 'edges', selectionSets: [] }]]) }],
  ['another size', { page: { ...page, size: 3 } }],
  ['another name of what was added', { reserved: '_hub_' }],
])('it is verified anew for %s', (_what, changes) => {
  const read = createPageReader()
  const answer = makeAnswer()
  const first = read(answer, options)
  expect(read(answer, { ...options, ...changes })).not.toBe(first)
})

test('rows beyond a position that they must come after are found, although the page was right before', () => {
  const read = createPageReader()
  const answer = makeAnswer()
  read(answer, options)
  const after = { order: 'TITLE', direction: 'ASC', keys: ['a'], id: 'x' } as const
  expect(read(answer, { ...options, page: { ...page, after } })).toMatchObject({
    code: 'ANSWER_ORDER',
  })
})

test('what is wrong, not shared, or of another member is verified every time', () => {
  const read = createPageReader()
  const answer = makeAnswer()
  read(answer, options)
  expect(read({ ...answer, member: 'liu' }, options)).toMatchObject({ code: 'FOREIGN_ID' })
  const own = { ...makeAnswer(), isShared: false }
  expect(read(own, options)).not.toBe(read(own, options))
})
