import type { PlanNode, QueryPlan } from '@graphql-hive/router-query-planner'
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql'

/**
 * Makes sure that each mutation's own fields are read before the next mutation runs, spec 6.2.2. The planner puts
 * neighbouring mutations of one subgraph into one fetch, and the entity fetches for their results after it: those would see what later
 * mutations have done. Only a plan with such fetches is taken apart, for every other mutation then costs a request of its own.
 *
 * @param document - What the planner was asked: conditions decided, aliases unique.
 */
export async function planInSeries(
  document: string,
  planDocument: (document: string) => Promise<QueryPlan>,
): Promise<QueryPlan> {
  const plan = await planDocument(document)
  if (plan.node === undefined || !hasEntityFetch(plan.node)) return plan
  const documents = splitByRootField(parse(document, { noLocation: true }))
  if (documents.length < 2) return plan
  const plans = await Promise.all(documents.map((part) => planDocument(print(part))))
  const nodes = plans.flatMap(({ node }) => node ?? [])
  return { ...plan, node: { kind: 'Sequence', nodes } }
}

function hasEntityFetch(node: PlanNode): boolean {
  switch (node.kind) {
    case 'Flatten':
    case 'BatchFetch':
      return true
    case 'Sequence':
    case 'Parallel':
      return node.nodes.some(hasEntityFetch)
    default:
      return false
  }
}

/** One document per response key of the root, in the order of execution. */
function splitByRootField(document: DocumentNode): DocumentNode[] {
  const fragments = new Map<string, FragmentDefinitionNode>()
  let operation: OperationDefinitionNode | undefined
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition)
    }
  }
  if (operation === undefined) return []
  const groups = new Map<string, FieldNode[]>()
  collectRootFields(operation.selectionSet, fragments, groups, new Set())
  const parts: DocumentNode[] = []
  for (const selections of groups.values()) {
    const part = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const
    const definitions: DefinitionNode[] = [part, ...fragments.values()]
    parts.push({ kind: Kind.DOCUMENT, definitions })
  }
  return parts
}

function collectRootFields(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  groups: Map<string, FieldNode[]>,
  visited: Set<string>,
): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [selection])
      else group.push(selection)
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      collectRootFields(selection.selectionSet, fragments, groups, visited)
    } else if (!visited.has(selection.name.value)) {
      visited.add(selection.name.value)
      const fragment = fragments.get(selection.name.value)
      if (fragment) collectRootFields(fragment.selectionSet, fragments, groups, visited)
    }
  }
}
