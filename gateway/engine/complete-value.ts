import { type GraphQLOutputType, isLeafType, isListType, isNonNullType } from 'graphql'
import { createLeafCompleter } from './complete-leaf.js'
import type { CompletionMemo } from './completion-memo.js'
import type { FailureLog } from './failure-log.js'

/** What completing one answer needs besides the compiled selection. */
export interface CompletionRun {
  readonly failures: FailureLog
  readonly memo: CompletionMemo
  readonly variables: Readonly<Record<string, unknown>>
  /** Position in the answer; pushed to and popped from while descending. */
  readonly path: (string | number)[]
}

/**
 * Completes one value, spec section 6.4.3. `undefined` stands for a null the type does not allow: the caller's
 * own value becomes null instead. A completer of a nullable type never returns it.
 */
export type ValueCompleter = (value: unknown, run: CompletionRun) => unknown

/**
 * Wraps the completer of a named type in those of its lists and non-nulls.
 *
 * @param label - `Type.field`, for messages.
 * @param completeComposite - Completer of the object, interface or union; not needed for leaves.
 */
export function createValueCompleter(
  type: GraphQLOutputType,
  label: string,
  completeComposite: ValueCompleter | undefined,
): ValueCompleter {
  if (isNonNullType(type)) {
    return toNonNull(createValueCompleter(type.ofType, label, completeComposite), label)
  }
  if (isListType(type)) {
    return toList(createValueCompleter(type.ofType, label, completeComposite), label)
  }
  if (!isLeafType(type)) return completeComposite ?? (() => null)
  const completeLeaf = createLeafCompleter(type)
  return (value, run) => {
    if (value === null || value === undefined) return null
    const completed = completeLeaf(value)
    if (completed !== undefined) return completed
    // The value itself stays out of the message: it may be inaccessible on purpose.
    run.failures.addViolation(
      `${label} has a value that ${type.name} does not allow.`,
      run.path.slice(),
    )
    return null
  }
}

function toNonNull(complete: ValueCompleter, label: string): ValueCompleter {
  return (value, run) => {
    const completed = complete(value, run)
    if (completed !== null) return completed
    // A null under an error needs no second one (spec 6.4.4).
    if (!run.failures.explains(run.path)) {
      run.failures.addViolation(
        `Cannot return null for non-nullable field ${label}.`,
        run.path.slice(),
      )
    }
    return undefined
  }
}

function toList(complete: ValueCompleter, label: string): ValueCompleter {
  return (value, run) => {
    if (value === null || value === undefined) return null
    if (!Array.isArray(value)) {
      run.failures.addViolation(`Expected a list for field ${label}.`, run.path.slice())
      return null
    }
    const { path, memo } = run
    const depth = path.length
    const { met } = memo
    path.push(0)
    const items = new Array<unknown>(value.length)
    let isNull = false
    for (let index = 0; index < value.length; index += 1) {
      path[depth] = index
      const item = complete(value[index], run)
      if (item === undefined) isNull = true
      items[index] = item
    }
    path.pop()
    if (memo.met !== met) memo.addMixed(items)
    return isNull ? null : items
  }
}

/**
 * Lets a completer work once for a value that stands at several places. Only while nothing has failed: afterwards an error
 * may be due at each of them, and a null may be explained at one and not at the other.
 *
 * @param site - Number of the place in the operation; the same value completes differently at another.
 */
export function completeOnce(complete: ValueCompleter, site: number): ValueCompleter {
  return (value, run) => {
    const { memo, failures } = run
    if (!memo.isShared(value)) return complete(value, run)
    const known = failures.isEmpty() ? memo.find(site, value) : undefined
    const { objects } = memo
    const completed = known ?? complete(value, run)
    memo.met += 1
    if (known === undefined && isObject(completed) && failures.isEmpty()) {
      memo.remember(site, value, completed, memo.objects - objects)
    }
    return completed
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
