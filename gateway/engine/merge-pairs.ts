import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'
import { HubError } from '../../schema/index.js'

/**
 * Refuses operations in which too many fields stand at one place of the answer. Validation compares each with each
 * ("fields can be merged", spec 5.3.2): 1000 times the same short object costs it half a second.
 *
 * The selections are walked with fragments written out: only for operations whose size is measured.
 *
 * @throws HubError `QUERY_TOO_LARGE`.
 */
export function refuseManyMergePairs(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  limit: number,
): void {
  const value = countPairs([selectionSet], fragments)
  if (value <= limit) return
  const message = `the operation has ${value} pairs of fields to merge, the limit is ${limit}`
  throw new HubError('QUERY_TOO_LARGE', { message, limit, value })
}

function countPairs(
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): number {
  const groups = new Map<string, FieldNode[]>()
  for (const set of sets) collect(set, fragments, groups)
  let pairs = 0
  for (const fields of groups.values()) {
    pairs += (fields.length * (fields.length - 1)) / 2
    const inner = fields.flatMap((field) => field.selectionSet ?? [])
    if (inner.length > 0) pairs += countPairs(inner, fragments)
  }
  return pairs
}

function collect(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  groups: Map<string, FieldNode[]>,
): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [selection])
      else group.push(selection)
      continue
    }
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : fragments.get(selection.name.value)?.selectionSet
    if (inner !== undefined) collect(inner, fragments, groups)
  }
}
