import {
  type FieldNode,
  type GraphQLNamedType,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import type { Fragments } from './selected-fields.js'

/** Under which response keys a member's connection tells position and id of each row. */
export interface RowKeys {
  readonly edges: string
  readonly cursor: string
  readonly node: string
  readonly id: string
  /** Whether they are asked for besides the client's selection. */
  readonly isAdded: boolean
}

/**
 * Finds cursor and id of the rows in the client's own selection, if it has them in any case; else they are added to it. Asked
 * twice, they would be a third of what thirteen members send.
 *
 * @param type - The connection's.
 */
export function findRowKeys(
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLNamedType | undefined,
  fragments: Fragments,
  reserved: string,
): RowKeys {
  const added = { edges: `${reserved}_edges`, cursor: 'cursor', node: 'node', id: 'id' }
  // Selected at several places: under other conditions, perhaps, at each.
  const [only, ...more] = selectionSets
  if (only === undefined || more.length > 0) return { ...added, isAdded: true }
  const edges = findAlways(only, type, 'edges', fragments)
  const cursor = edges && findAlways(edges.selectionSet, edges.type, 'cursor', fragments)
  const node = edges && findAlways(edges.selectionSet, edges.type, 'node', fragments)
  const id = node && findAlways(node.selectionSet, node.type, 'id', fragments)
  if (edges === undefined || cursor === undefined || node === undefined || id === undefined) {
    return { ...added, isAdded: true }
  }
  return { edges: edges.key, cursor: cursor.key, node: node.key, id: id.key, isAdded: false }
}

interface FoundField {
  readonly key: string
  readonly selectionSet: SelectionSetNode | undefined
  readonly type: GraphQLNamedType | undefined
}

/** A field that every object of this type answers, whatever the variables: no directive and no other type on the way to it. */
function findAlways(
  selectionSet: SelectionSetNode | undefined,
  type: GraphQLNamedType | undefined,
  name: string,
  fragments: Fragments,
): FoundField | undefined {
  const visited = new Set<string>()
  const definition = isObjectType(type) ? type.getFields()[name] : undefined
  if (type === undefined || definition === undefined) return undefined

  function find(selections: SelectionSetNode['selections']): FieldNode | undefined {
    for (const selection of selections) {
      if ((selection.directives ?? []).length > 0) continue
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value === name && (selection.arguments ?? []).length === 0) {
          return selection
        }
        continue
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD
      if (isSpread && visited.has(selection.name.value)) continue
      if (isSpread) visited.add(selection.name.value)
      const fragment = isSpread ? fragments.get(selection.name.value) : selection
      const condition = fragment?.typeCondition?.name.value ?? type?.name
      const found =
        fragment === undefined || condition !== type?.name
          ? undefined
          : find(fragment.selectionSet.selections)
      if (found !== undefined) return found
    }
    return undefined
  }

  const node = selectionSet && find(selectionSet.selections)
  return (
    node && {
      key: node.alias?.value ?? name,
      selectionSet: node.selectionSet,
      type: getNamedType(definition.type),
    }
  )
}
