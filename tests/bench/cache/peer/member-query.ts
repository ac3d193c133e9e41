import {
  type FieldNode,
  type GraphQLResolveInfo,
  Kind,
  parse,
  print,
  type SelectionNode,
} from 'graphql'

/** What merging needs of every page. Asked under the same names as a client would, so that nothing is answered twice. */
const [added] = parse('{ edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage } }', {
  noLocation: true,
}).definitions
const addedSelections: readonly SelectionNode[] =
  added?.kind === Kind.OPERATION_DEFINITION ? added.selectionSet.selections : []

/**
 * Finds what members are asked for a root field: the client's own selection with its variables. Printed once for each
 * operation, which Apollo Server keeps parsed.
 */
export function createMemberQueries(): (info: GraphQLResolveInfo) => string {
  const known = new WeakMap<FieldNode, string>()
  return (info) => {
    const [field] = info.fieldNodes
    if (field === undefined) throw new RangeError('a field is resolved that nobody selects')
    const query = known.get(field) ?? printMemberQuery(info)
    known.set(field, query)
    return query
  }
}

function printMemberQuery({ operation, fieldNodes, fragments }: GraphQLResolveInfo): string {
  const selections = fieldNodes.map((node) => ({
    ...node,
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [...(node.selectionSet?.selections ?? []), ...addedSelections],
    } as const,
  }))
  const definition = {
    ...operation,
    selectionSet: { kind: Kind.SELECTION_SET, selections } as const,
  }
  return print({
    kind: Kind.DOCUMENT,
    definitions: [definition, ...Object.values(fragments)],
  })
}
