import type { PlanNode, QueryPlan } from '@graphql-hive/router-query-planner'
import {
  type DirectiveNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  parse,
  print,
  type StringValueNode,
  visit,
} from 'graphql'

/** A supergraph as the planner gets it, and the way back to the real names. */
export interface PlannerSupergraph {
  readonly supergraphSdl: string
  /** The plan with the subgraphs' own names. */
  withRealNames(plan: QueryPlan): QueryPlan
}

/**
 * Renames subgraphs for the planner, so that the one with an interface sorts before those with interface objects of it.
 * From an interface object to a concrete type the planner (0.0.38) only tries the first subgraph by name. It then finds no plan for
 * `{ objects { ... on Concrete { field } } }` when that one has an interface object, too. A supergraph without the
 * problem stays as it is.
 */
export function orderForPlanner(supergraphSdl: string): PlannerSupergraph {
  const unchanged = { supergraphSdl, withRealNames: (plan: QueryPlan) => plan }
  if (!supergraphSdl.includes('isInterfaceObject: true')) return unchanged
  const document = parse(supergraphSdl, { noLocation: true })
  const ranks = rankGraphs(document)
  const names = readNames(document)
  const plannerNames = new Map<string, string>()
  const realNames = new Map<string, string>()
  for (const [graph, name] of names) {
    const plannerName = `${String(ranks.get(graph) ?? 0).padStart(4, '0')}_${name}`
    plannerNames.set(name, plannerName)
    realNames.set(plannerName, name)
  }
  const renamed = visit(document, {
    Directive(directive): DirectiveNode | undefined {
      const { name } = directive
      // `override` names the former subgraph, not its enum value.
      if (name.value === 'join__graph') return renameArgument(directive, 'name', plannerNames)
      if (name.value === 'join__field') return renameArgument(directive, 'override', plannerNames)
      return undefined
    },
  })
  return {
    supergraphSdl: print(renamed),
    withRealNames: (plan) =>
      plan.node === undefined ? plan : { ...plan, node: renameNode(plan.node, realNames) },
  }
}

/** Steps each graph stands behind the graphs whose interfaces it has objects of. */
function rankGraphs(document: DocumentNode): ReadonlyMap<string, number> {
  const before = new Map<string, Set<string>>()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue
    const { objects, owners } = readGraphsOf(definition)
    for (const object of objects) {
      before.set(object, new Set([...(before.get(object) ?? []), ...owners]))
    }
  }
  const ranks = new Map<string, number>()
  function rank(graph: string): number {
    const known = ranks.get(graph)
    if (known !== undefined) return known
    // Two graphs may have objects of each other's interfaces: no order serves both.
    ranks.set(graph, 0)
    let own = 0
    for (const owner of before.get(graph) ?? []) own = Math.max(own, rank(owner) + 1)
    ranks.set(graph, own)
    return own
  }
  for (const graph of before.keys()) rank(graph)
  return ranks
}

function readGraphsOf(definition: InterfaceTypeDefinitionNode): {
  readonly objects: ReadonlySet<string>
  readonly owners: ReadonlySet<string>
} {
  const objects = new Set<string>()
  const all = new Set<string>()
  for (const directive of definition.directives ?? []) {
    if (directive.name.value !== 'join__type') continue
    const graph = argumentOf(directive, 'graph')
    if (graph?.kind !== Kind.ENUM) continue
    all.add(graph.value)
    const mark = argumentOf(directive, 'isInterfaceObject')
    if (mark?.kind === Kind.BOOLEAN && mark.value) objects.add(graph.value)
  }
  return { objects, owners: new Set([...all].filter((graph) => !objects.has(graph))) }
}

/** Names of the subgraphs by their value of `join__Graph`. */
function readNames(document: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue
    if (definition.name.value !== 'join__Graph') continue
    for (const { name, directives } of definition.values ?? []) {
      const graph = directives?.find((directive) => directive.name.value === 'join__graph')
      const value = graph && argumentOf(graph, 'name')
      names.set(name.value, value?.kind === Kind.STRING ? value.value : name.value)
    }
  }
  return names
}

function renameNode(node: PlanNode, names: ReadonlyMap<string, string>): PlanNode {
  switch (node.kind) {
    case 'Fetch':
    case 'BatchFetch':
      return { ...node, serviceName: names.get(node.serviceName) ?? node.serviceName }
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((child) => renameNode(child, names)) }
    case 'Flatten':
      return { ...node, node: renameNode(node.node, names) }
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause && { ifClause: renameNode(node.ifClause, names) }),
        ...(node.elseClause && { elseClause: renameNode(node.elseClause, names) }),
      }
    case 'Subscription':
    case 'Defer':
      return node
  }
}

function renameArgument(
  directive: DirectiveNode,
  argumentName: string,
  names: ReadonlyMap<string, string>,
): DirectiveNode {
  const list = directive.arguments?.map((argument) => {
    const { value } = argument
    if (argument.name.value !== argumentName || value.kind !== Kind.STRING) return argument
    const renamed: StringValueNode = { ...value, value: names.get(value.value) ?? value.value }
    return { ...argument, value: renamed }
  })
  return { ...directive, arguments: list ?? [] }
}

function argumentOf(directive: DirectiveNode, name: string) {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value
}
