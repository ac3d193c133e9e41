import type { FieldAnswer, FieldFailure } from './field-answer.js'
import { isFailure } from './field-answer.js'
import { type PageMergeOptions, type ReadPage, readPage } from './merge-page.js'
import { isSameOrder, type PageArguments } from './page-arguments.js'
import type { RowKeys } from './row-keys.js'
import type { SelectedField } from './selected-fields.js'

/** Verifies a member's connection like {@link readPage}; what is shared, and so the same again, once for the same request. */
export type PageReader = (answer: FieldAnswer, options: PageMergeOptions) => ReadPage | FieldFailure

interface Verified {
  readonly page: ReadPage
  readonly options: PageMergeOptions
}

/** Thirteen pages of twenty rows have 260 cursors: reading them all would be most of what a page of kept pages costs. */
export function createPageReader(): PageReader {
  const verified = new WeakMap<object, Verified>()
  return (answer, options) => {
    const { member, value, errors } = answer
    const isKeepable = answer.isShared === true && typeof value === 'object' && value !== null
    if (!isKeepable || errors.length > 0) return readPage(answer, options)
    const known = verified.get(value)
    if (known?.page.member === member && isSameQuestion(known.options, options)) return known.page
    const page = readPage(answer, options)
    if (isFailure(page)) return page
    const shared = { ...page, isShared: true }
    verified.set(value, { page: shared, options })
    return shared
  }
}

/** Whether a page that is right for one is right for the other: the same places looked at, the same bounds. */
function isSameQuestion(left: PageMergeOptions, right: PageMergeOptions): boolean {
  return (
    left.reserved === right.reserved &&
    isSamePlace(left.rowKeys, right.rowKeys) &&
    isSameSelection(left.selected, right.selected) &&
    isSamePage(left.page, right.page)
  )
}

function isSamePlace(left: RowKeys, right: RowKeys): boolean {
  if (left === right) return true
  const { edges, cursor, node, id } = right
  return left.edges === edges && left.cursor === cursor && left.node === node && left.id === id
}

function isSameSelection(
  left: ReadonlyMap<string, SelectedField>,
  right: ReadonlyMap<string, SelectedField>,
): boolean {
  if (left === right) return true
  if (left.size !== right.size) return false
  for (const [key, { name }] of left) if (right.get(key)?.name !== name) return false
  return true
}

function isSamePage(left: PageArguments, right: PageArguments): boolean {
  return (
    left.size === right.size &&
    left.isBackward === right.isBackward &&
    isSamePosition(left.after, right.after) &&
    isSamePosition(left.before, right.before)
  )
}

function isSamePosition(left: PageArguments['after'], right: PageArguments['after']): boolean {
  if (left === null || right === null) return left === right
  return (
    isSameOrder(left, right) &&
    left.id === right.id &&
    left.keys.length === right.keys.length &&
    left.keys.every((key, index) => key === right.keys[index])
  )
}
