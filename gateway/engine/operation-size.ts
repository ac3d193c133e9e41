import { type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'
import { HubError } from '../../schema/index.js'

/** Limits on an operation before it may reach the planner. */
export interface OperationLimits {
  /** Most selections after every fragment is written out. Planning time grows with its square. Default 2000. */
  readonly maximumSelections: number
  /** Deepest nesting of selection sets after every fragment is written out; the planner cannot go below 50. */
  readonly maximumDepth: number
  /** Most fields of the root, after every fragment is written out. Default 200. */
  readonly maximumRootFields: number
  /** Most aliases after every fragment is written out. Default 500. */
  readonly maximumAliases: number
  /** Most directives after every fragment is written out. Default 500. */
  readonly maximumDirectives: number
  /** Most pairs of fields that stand at one place of the answer and must be compared. Default 20000. */
  readonly maximumMergePairs: number
  /** Most tokens of the document's text. Default 10000. */
  readonly maximumTokens: number
}

export const defaultOperationLimits: OperationLimits = {
  maximumSelections: 2_000,
  maximumDepth: 50,
  maximumRootFields: 200,
  maximumAliases: 500,
  maximumDirectives: 500,
  maximumMergePairs: 20_000,
  maximumTokens: 10_000,
}

/** How large an operation is when every fragment is written out. */
export interface OperationSize {
  readonly selections: number
  readonly depth: number
  /** Fields of the root type itself. */
  readonly rootFields: number
  readonly aliases: number
  readonly directives: number
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
    if (fragment === undefined) return nothing
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
    let rootFields = 0
    let aliases = 0
    let directives = 0
    for (const selection of set.selections) {
      selections += 1
      directives += selection.directives?.length ?? 0
      const isField = selection.kind === Kind.FIELD
      if (isField) rootFields += 1
      if (isField && selection.alias !== undefined) aliases += 1
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? measureFragment(selection.name.value, level + 1)
          : selection.selectionSet === undefined
            ? nothing
            : measure(selection.selectionSet, level + 1)
      selections += inner.selections
      aliases += inner.aliases
      directives += inner.directives
      if (!isField) rootFields += inner.rootFields
      depth = Math.max(depth, inner.depth)
    }
    return { selections, depth: depth + 1, rootFields, aliases, directives }
  }

  const size = measure(selectionSet, 1)
  if (size.depth > limits.maximumDepth) throw tooDeep(size.depth, limits)
  refuseAbove(limits.maximumSelections, size.selections, 'selections')
  refuseAbove(limits.maximumRootFields, size.rootFields, 'root fields')
  refuseAbove(limits.maximumAliases, size.aliases, 'aliases')
  refuseAbove(limits.maximumDirectives, size.directives, 'directives')
  return size
}

const nothing: OperationSize = { selections: 0, depth: 0, rootFields: 0, aliases: 0, directives: 0 }

function refuseAbove(limit: number, counted: number, what: string): void {
  if (counted <= limit) return
  const value = Math.min(counted, Number.MAX_SAFE_INTEGER)
  const message = `the operation has ${value} ${what} with its fragments written out, the limit is ${limit}`
  throw new HubError('QUERY_TOO_LARGE', { message, limit, value })
}

function tooDeep(value: number, { maximumDepth: limit }: OperationLimits): HubError {
  const message = `the operation is nested ${value} levels deep, the limit is ${limit}`
  return new HubError('QUERY_TOO_LARGE', { message, limit, value })
}
