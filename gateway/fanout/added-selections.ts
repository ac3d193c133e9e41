import {
  type GraphQLNamedType,
  getNamedType,
  isListType,
  isObjectType,
  isScalarType,
  Kind,
  parse,
  type SelectionNode,
} from 'graphql'
import type { CompiledOperation, RootField } from './compile-operation.js'
import { type FanOutContract, hasId, isFacetList } from './fan-out-contract.js'

/** Fields of a connection that cannot be merged without knowing each row's position. */
const positionedFields = new Set(['edges', 'nodes', 'pageInfo'])

/**
 * What a member is asked besides what the client wants: positions, owners and counts, to merge and to verify.
 * All of it stands right below the root field, under reserved names; the client's own selection stays untouched,
 * so it can have any aliases, fragments and conditions. What it has in any case is not asked for twice.
 */
export function addedSelections(
  contract: FanOutContract,
  { reserved }: CompiledOperation,
  root: RootField,
): readonly SelectionNode[] {
  const type = root.definition === undefined ? undefined : getNamedType(root.definition.type)
  switch (root.strategy.kind) {
    case 'CONNECTION': {
      const isPositioned = [...root.selected.values()].some(({ name }) =>
        positionedFields.has(name),
      )
      if (!isPositioned) return []
      const { edges, isAdded } = root.rowKeys
      return toSelections(
        `${isAdded ? `${edges}: edges { cursor node { id } } ` : ''}` +
          `${reserved}_page: pageInfo { hasNextPage hasPreviousPage }`,
      )
    }
    case 'CONCAT':
    case 'ROUTE':
      return hasId(type) ? toSelections(`${reserved}_id: id`) : []
    case 'FACETS':
      return type === undefined ? [] : toSelections(facetTree(type, `${reserved}_`))
    case 'ENTITIES': {
      const ids = contract.entityTypes.map((name) => `... on ${name} { ${reserved}_id: id }`)
      return toSelections(`${reserved}_type: __typename ${ids.join(' ')}`)
    }
    case 'SUM':
    case 'LOCAL':
      return []
  }
}

/** Every `{ value, count }` list below a facets type. Asked whole: counts of values must be there to be added up. */
function facetTree(type: GraphQLNamedType, prefix: string): string {
  if (!isObjectType(type)) return ''
  return Object.values(type.getFields())
    .map((field) => {
      if (isFacetList(field.type)) return `${prefix}${field.name}: ${field.name} { value count }`
      const inner = getNamedType(field.type)
      if (isScalarType(inner) || isListType(field.type)) return ''
      const below = facetTree(inner, '')
      return below === '' ? '' : `${prefix}${field.name}: ${field.name} { ${below} }`
    })
    .filter((part) => part !== '')
    .join(' ')
}

function toSelections(text: string): readonly SelectionNode[] {
  if (text === '') return []
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : []
}
