import { type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'
import { HubError } from '../../schema/index.js'

/** Limits on an operation before it may reach the planner. */
export interface OperationLimits {
  /** Most selections after every fragment is written out. Planning time grows with its square. Default 2000. */
  readonly maximumSelections: number
  /** Deepest nesting of selection sets after every fragment is written out; the planner cannot go below 50. */
  readonly maximumDepth: number
}

export const defaultOperationLimits: OperationLimits = {
  maximumSelections: 2_000,
  maximumDepth: 50,
}

/** How large an operation is when every fragment is written out. */
export interface OperationSize {
  readonly selections: number
  readonly depth: number
}

/**
 * Measures an operation as if its fragments were written out, without writing them out: each fragment is measured
 * once, so the cost is that of the document's text. A few nested fragments can stand for millions of selections.
 *
 * @throws HubError `QUERY_TOO_LARGE` naming limit and value, also for fragments that contain themselves.
 */
export function measureOperation(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  limits: OperationLimits,
): OperationSize {
  const known = new Map<string, OperationSize | 'measuring'>()

  function measureFragment(name: string, level: number): OperationSize {
    const size = known.get(name)
    if (size === 'measuring') {
      throw new HubError('QUERY_TOO_LARGE', { message: `fragment ${name} contains itself` })
    }
    if (size !== undefined) return size
    const fragment = fragments.get(name)
    if (fragment === undefined) return { selections: 0, depth: 0 }
    known.set(name, 'measuring')
    const measured = measure(fragment.selectionSet, level)
    known.set(name, measured)
    return measured
  }

  /** @param level - Nesting of the text so far, so that deep nesting is refused before it overflows the stack. */
  function measure(set: SelectionSetNode, level: number): OperationSize {
    if (level > limits.maximumDepth) throw tooDeep(level, limits)
    let selections = 0
    let depth = 0
    for (const selection of set.selections) {
      selections += 1
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? measureFragment(selection.name.value, level + 1)
          : selection.selectionSet === undefined
            ? undefined
            : measure(selection.selectionSet, level + 1)
      if (inner === undefined) continue
      selections += inner.selections
      depth = Math.max(depth, inner.depth)
    }
    return { selections, depth: depth + 1 }
  }

  const size = measure(selectionSet, 1)
  if (size.depth > limits.maximumDepth) throw tooDeep(size.depth, limits)
  if (size.selections > limits.maximumSelections) {
    const { maximumSelections: limit } = limits
    const value = Math.min(size.selections, Number.MAX_SAFE_INTEGER)
    const message = `the operation has ${value} selections with its fragments written out, the limit is ${limit}`
    throw new HubError('QUERY_TOO_LARGE', { message, limit, value })
  }
  return size
}

function tooDeep(value: number, { maximumDepth: limit }: OperationLimits): HubError {
  const message = `the operation is nested ${value} levels deep, the limit is ${limit}`
  return new HubError('QUERY_TOO_LARGE', { message, limit, value })
}
