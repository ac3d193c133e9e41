import { isDeepStrictEqual } from 'node:util'
import { copyJson } from '../transport/copy-json.js'
import type { CompiledOperation, RootField } from './compile-operation.js'
import type { FieldAnswer, MergedField } from './field-answer.js'
import { mergeField } from './merge-field.js'
import type { PageArguments } from './page-arguments.js'
import type { FieldPlan } from './plan-request.js'

/** What the last merging of some pages came to, and of which pages. */
interface Memo {
  readonly root: RootField
  readonly page: PageArguments
  /** Numbers of the values, in the order of the members: a memo keeps no page alive. */
  readonly values: readonly number[]
  readonly merged: MergedField
}

/**
 * Merges like {@link mergeField}, with shared values left as they are. The very same shared pages need not be read,
 * compared and picked from again: one changed page, and the merging is done anew. So a merged list never lives longer
 * than any of its parts.
 */
export function createMergeMemo(): typeof mergeField {
  const memos = new WeakMap<object, Memo>()
  const numbers = new WeakMap<object, number>()
  let next = 0

  /** The same for the same object, and for no other. */
  function numberOf(value: object): number {
    const known = numbers.get(value)
    if (known !== undefined) return known
    next += 1
    numbers.set(value, next)
    return next
  }

  function merge(
    compiled: CompiledOperation,
    field: FieldPlan,
    answers: readonly FieldAnswer[],
  ): MergedField {
    const { root, detail } = field
    const first = answers[0]?.value
    const isRepeatable = answers.every((one) => one.isShared === true && one.errors.length === 0)
    if (detail.kind !== 'PAGE' || !isRepeatable || !isObject(first)) {
      return mergeField(compiled, field, answers)
    }
    const values = answers.map(({ value }) => (isObject(value) ? numberOf(value) : 0))
    const memo = memos.get(first)
    const isSame =
      memo !== undefined &&
      memo.root === root &&
      memo.values.length === values.length &&
      memo.values.every((value, index) => value !== 0 && value === values[index]) &&
      isDeepStrictEqual(memo.page, detail.page)
    if (isSame) return memo.merged
    const merged = mergeField(compiled, field, answers)
    memos.set(first, { root, page: detail.page, values, merged })
    return merged
  }

  return (compiled, field, answers) => {
    const merged = merge(compiled, field, answers)
    const isShared = answers.some((one) => one.isShared === true)
    return isShared ? { ...merged, value: copyJson(merged.value) } : merged
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
