import type { GraphQLFormattedError } from 'graphql'
import { type CursorPosition, comparePositions, ownerOf, parseCursor } from '../../schema/index.js'
import {
  type FieldAnswer,
  type FieldFailure,
  fail,
  isFailure,
  type MergedField,
} from './field-answer.js'
import { isRecord } from './json-value.js'
import { type MemberPage, mergeConnection } from './merge-connection.js'
import { isSameOrder, type PageArguments } from './page-arguments.js'
import type { RowKeys } from './row-keys.js'
import { collectSelectedFields, type Fragments, type SelectedField } from './selected-fields.js'

export interface PageMergeOptions {
  readonly page: PageArguments
  readonly reserved: string
  readonly selected: ReadonlyMap<string, SelectedField>
  readonly rowKeys: RowKeys
  readonly fragments: Fragments
}

type Connection = Readonly<Record<string, unknown>>

/** A member's connection, verified by itself. */
export interface ReadPage extends FieldAnswer, MemberPage {
  readonly value: Connection
  readonly cursors: readonly string[]
}

/** Merges the connections of several members into one, in the contract's order. What has been read before is not read again. */
export function mergePage(answers: readonly FieldAnswer[], options: PageMergeOptions): MergedField {
  const failures: FieldFailure[] = []
  const read: ReadPage[] = []
  for (const answer of answers) {
    const result = isReadPage(answer) ? answer : readPage(answer, options)
    if (isFailure(result)) failures.push(result)
    else read.push(result)
  }
  const order = options.page.after ?? options.page.before ?? mostCommonOrder(read)
  const pages = read.filter(({ member, positions: [first] }) => {
    if (order === null || first === undefined || isSameOrder(first, order)) return true
    failures.push(fail(member, 'ANSWER_ORDER', 'answered in another order than was asked for'))
    return false
  })
  const [template] = pages
  if (template === undefined) return { value: null, errors: [], failures, contributors: 0 }

  const merged = mergeConnection(pages, options.page)
  const cursorOf = (pick: { page: number; row: number } | undefined): string | null =>
    pick === undefined ? null : (pages[pick.page]?.cursors[pick.row] ?? null)
  const pageInfo = {
    hasNextPage: merged.hasNextPage,
    hasPreviousPage: merged.hasPreviousPage,
    startCursor: cursorOf(merged.picks[0]),
    endCursor: cursorOf(merged.picks.at(-1)),
  }
  const value: Record<string, unknown> = {}
  for (const [key, field] of options.selected) {
    // Absent where a condition of the client left it out; the same for every member.
    if (!Object.hasOwn(template.value, key)) continue
    if (field.name === 'edges' || field.name === 'nodes') {
      value[key] = merged.picks.map(({ page, row }) => listAt(pages[page]?.value, key)[row])
    } else if (field.name === 'totalCount') {
      value[key] = pages.reduce((sum, { value: each }) => sum + Number(each[key]), 0)
    } else if (field.name === 'pageInfo') {
      value[key] = toPageInfo(template.value[key], field, options.fragments, pageInfo)
    } else {
      value[key] = template.value[key]
    }
  }
  return { value, errors: moveErrors(pages, merged.picks), failures, contributors: pages.length }
}

/** Verifies one member's connection: its rows' owners, their order and bounds, and that its lists agree. */
export function readPage(
  { member, value, errors }: FieldAnswer,
  { page, reserved, selected, rowKeys }: PageMergeOptions,
): ReadPage | FieldFailure {
  const invalid = (reason: string): FieldFailure => fail(member, 'SUBGRAPH_ANSWER_INVALID', reason)
  if (!isRecord(value)) return invalid('answered with something that is not a connection')
  const edges = value[rowKeys.edges] ?? []
  if (!Array.isArray(edges)) return invalid('answered with a connection without edges')
  const cursors: string[] = []
  const positions: CursorPosition[] = []
  for (const edge of edges) {
    const cursor = isRecord(edge) ? edge[rowKeys.cursor] : undefined
    const node = isRecord(edge) ? edge[rowKeys.node] : undefined
    const id = isRecord(node) ? node[rowKeys.id] : undefined
    const position = typeof cursor === 'string' ? parseCursor(cursor) : null
    if (position === null || typeof id !== 'string') return invalid('answered with a broken cursor')
    if (ownerOf(id) !== member) {
      return fail(member, 'FOREIGN_ID', 'answered with rows that another member owns')
    }
    const previous = positions.at(-1)
    if (previous !== undefined && !isBefore(previous, position)) return disordered(member)
    cursors.push(cursor as string)
    positions.push(position)
  }
  const [first] = positions
  const last = positions.at(-1)
  if (page.after !== null && first !== undefined && !isBefore(page.after, first)) {
    return disordered(member)
  }
  if (page.before !== null && last !== undefined && !isBefore(last, page.before)) {
    return disordered(member)
  }
  for (const [key, { name }] of selected) {
    const part = value[key]
    if (part === undefined) continue
    if ((name === 'edges' || name === 'nodes') && listAt(value, key).length !== positions.length) {
      return fail(member, 'ANSWER_LENGTH', 'answered with lists of different lengths')
    }
    if (name === 'totalCount' && !Number.isSafeInteger(part)) return invalid('answered no count')
  }
  const info = value[`${reserved}_page`]
  const hasNextPage = isRecord(info) && info.hasNextPage === true
  const hasPreviousPage = isRecord(info) && info.hasPreviousPage === true
  if (
    page.size > 0 &&
    positions.length === 0 &&
    (page.isBackward ? hasPreviousPage : hasNextPage)
  ) {
    return invalid('answered with no rows while it says there are more')
  }
  return { member, value, cursors, positions, hasNextPage, hasPreviousPage, errors }
}

function isReadPage(answer: FieldAnswer): answer is ReadPage {
  return 'positions' in answer
}

function isBefore(left: CursorPosition, right: CursorPosition): boolean {
  return isSameOrder(left, right) && comparePositions(left, right) < 0
}

function disordered(member: string): FieldFailure {
  return fail(member, 'ANSWER_ORDER', 'answered with rows out of order')
}

/** The order most members answered in: when one of them misunderstands, it is the odd one out. */
function mostCommonOrder(pages: readonly ReadPage[]): CursorPosition | null {
  const heads = pages.flatMap(({ positions: [first] }) => first ?? [])
  let best: CursorPosition | null = null
  let bestCount = 0
  for (const head of heads) {
    const count = heads.filter((other) => isSameOrder(other, head)).length
    if (count > bestCount) {
      best = head
      bestCount = count
    }
  }
  return best
}

function toPageInfo(
  template: unknown,
  field: SelectedField,
  fragments: Fragments,
  computed: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const pageInfo: Record<string, unknown> = {}
  const present = isRecord(template) ? template : {}
  for (const [key, { name }] of collectSelectedFields(field.selectionSets, fragments)) {
    if (Object.hasOwn(present, key)) {
      pageInfo[key] = Object.hasOwn(computed, name) ? computed[name] : present[key]
    }
  }
  return pageInfo
}

/** Errors inside rows, with the paths the rows have on the merged page; those of rows that were cut off are dropped. */
function moveErrors(
  pages: readonly ReadPage[],
  picks: readonly { readonly page: number; readonly row: number }[],
): readonly GraphQLFormattedError[] {
  return pages.flatMap(({ errors }, page) =>
    errors.flatMap((error) => {
      const [root, list, row, ...rest] = error.path ?? []
      if (root === undefined || list === undefined || typeof row !== 'number') return [error]
      const index = picks.findIndex((pick) => pick.page === page && pick.row === row)
      return index < 0 ? [] : [{ ...error, path: [root, list, index, ...rest] }]
    }),
  )
}

function listAt(connection: Connection | undefined, key: string): readonly unknown[] {
  const list = connection?.[key]
  return Array.isArray(list) ? list : []
}
