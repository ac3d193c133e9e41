import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'
import type { DataKeys } from './data-keys.js'
import type { ResponsePath } from './error-positions.js'
import { type ConditionValues, isIncluded } from './selection-included.js'

/**
 * Turns a path in the collected data into the client's: data keys become response keys, and the path ends where the client's
 * selection does. A subgraph may fail at a field the client never asked for, one that another field requires.
 */
export function createClientPath(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  conditions: ConditionValues,
  dataKeys: DataKeys,
): (path: ResponsePath) => ResponsePath {
  /** Fields by response key, whatever their type conditions: a path says nothing of types. */
  function findFields(sets: readonly SelectionSetNode[], responseKey: string): FieldNode[] {
    const found: FieldNode[] = []
    const visited = new Set<string>()
    const pending = [...sets]
    for (let set = pending.pop(); set !== undefined; set = pending.pop()) {
      for (const selection of set.selections) {
        if (!isIncluded(selection, conditions)) continue
        if (selection.kind === Kind.FIELD) {
          const key = selection.alias?.value ?? selection.name.value
          if (key === responseKey) found.push(selection)
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          pending.push(selection.selectionSet)
        } else if (!visited.has(selection.name.value)) {
          visited.add(selection.name.value)
          const fragment = fragments.get(selection.name.value)
          if (fragment !== undefined) pending.push(fragment.selectionSet)
        }
      }
    }
    return found
  }

  return (path) => {
    const clientPath: (string | number)[] = []
    let sets: readonly SelectionSetNode[] = [selectionSet]
    for (const key of path) {
      if (typeof key === 'number') {
        clientPath.push(key)
        continue
      }
      const responseKey = dataKeys.toResponseKey(key)
      const fields = findFields(sets, responseKey)
      if (fields.length === 0) break
      clientPath.push(responseKey)
      sets = fields.flatMap((field) => field.selectionSet ?? [])
    }
    return clientPath
  }
}
