import type { FetchNode, PlanNode, QueryPlan } from '@graphql-hive/router-query-planner'
import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql'
import { HubError } from '../../schema/index.js'

type PlanDocument = (document: string) => Promise<QueryPlan>

/** Most parts that are planned for one operation, and how long one may still begin. */
const mostDocuments = 12
const longestMs = 1_000

/**
 * Plans a query; if the planner finds no way, type by type. Where one place selects fields of several types, the planner
 * (0.0.38) may find a path for each type's fields, but none that serves all. Then each part of the query that keeps one of
 * the types there is planned by itself, and the plans become one: their first fetches of a subgraph are sent together, so
 * that lists are asked for once, and what follows runs part by part.
 *
 * @param document - What the planner is asked: conditions decided, aliases unique.
 * @throws HubError `OPERATION_NOT_PLANNABLE`, the whole query's, when that does not help.
 */
export async function planInParts(
  document: string,
  planDocument: PlanDocument,
): Promise<QueryPlan> {
  const giveUpAt = performance.now() + longestMs
  let documentsLeft = mostDocuments

  /** No plans when one of the parts has none. */
  async function planParts(text: string): Promise<readonly QueryPlan[]> {
    const plans: QueryPlan[] = []
    for (const part of splitByType(parse(text, { noLocation: true }))) {
      documentsLeft -= 1
      if (documentsLeft < 0 || performance.now() > giveUpAt) return []
      const own = await planPart(print(part))
      if (own.length === 0) return []
      plans.push(...own)
    }
    return plans
  }

  async function planPart(text: string): Promise<readonly QueryPlan[]> {
    try {
      return [await planDocument(text)]
    } catch (error) {
      if (!isWithoutPath(error)) throw error
      return planParts(text)
    }
  }

  try {
    return await planDocument(document)
  } catch (error) {
    const plan = isWithoutPath(error) ? joinPlans(await planParts(document)) : undefined
    if (plan === undefined) throw error
    return plan
  }
}

/** A plan that took too long would not be sooner in parts. */
function isWithoutPath(error: unknown): boolean {
  const isRefusal = error instanceof HubError && error.code === 'OPERATION_NOT_PLANNABLE'
  return isRefusal && error.details.timeoutMs === undefined
}

/** One document for each type at the first place that selects fields of several; all else is in every one. */
function splitByType(document: DocumentNode): readonly DocumentNode[] {
  const fragmentTypes = new Map<string, string>()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue
    fragmentTypes.set(definition.name.value, definition.typeCondition.name.value)
  }
  const conditionOf = (selection: SelectionNode): string | undefined => {
    if (selection.kind === Kind.FIELD) return undefined
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection.typeCondition?.name.value
    return fragmentTypes.get(selection.name.value)
  }
  let place: SelectionSetNode | undefined
  let types: readonly string[] = []
  visit(document, {
    SelectionSet(set) {
      if (place !== undefined) return false
      const conditions = new Set(set.selections.flatMap((one) => conditionOf(one) ?? []))
      if (conditions.size < 2) return undefined
      place = set
      types = [...conditions]
      return false
    },
  })
  return types.map((type) =>
    visit(document, {
      SelectionSet(set) {
        if (set !== place) return undefined
        const selections = set.selections.filter((one) => (conditionOf(one) ?? type) === type)
        return { ...set, selections }
      },
    }),
  )
}

interface RootedPlan {
  /** Fetches of root fields, to be sent first. */
  readonly roots: readonly FetchNode[]
  /** What follows, in its order. */
  readonly rest: readonly PlanNode[]
}

function joinPlans(plans: readonly QueryPlan[]): QueryPlan | undefined {
  const [first] = plans
  if (first === undefined) return undefined
  const bySubgraph = new Map<string, FetchNode[]>()
  const nodes: PlanNode[] = []
  for (const { node } of plans) {
    const rooted = node === undefined ? undefined : toRooted(node)
    if (rooted === undefined) return undefined
    for (const root of rooted.roots) {
      const known = bySubgraph.get(root.serviceName)
      if (known === undefined) bySubgraph.set(root.serviceName, [root])
      else known.push(root)
    }
    nodes.push(...rooted.rest)
  }
  const roots: FetchNode[] = []
  for (const fetches of bySubgraph.values()) {
    const joined = joinFetches(fetches)
    if (joined === undefined) return undefined
    roots.push(joined)
  }
  return {
    ...first,
    node: { kind: 'Sequence', nodes: [{ kind: 'Parallel', nodes: roots }, ...nodes] },
  }
}

function toRooted(node: PlanNode): RootedPlan | undefined {
  if (node.kind === 'Fetch')
    return node.requires === undefined ? { roots: [node], rest: [] } : undefined
  if (node.kind === 'Sequence') {
    const [head, ...rest] = node.nodes
    const rooted = head && toRooted(head)
    return rooted && { roots: rooted.roots, rest: [...rooted.rest, ...rest] }
  }
  if (node.kind !== 'Parallel') return undefined
  const branches = node.nodes.map(toRooted)
  const roots: FetchNode[] = []
  const rest: PlanNode[] = []
  for (const branch of branches) {
    if (branch === undefined) return undefined
    roots.push(...branch.roots)
    rest.push(...branch.rest)
  }
  return { roots, rest }
}

/** One fetch with the selections of all; undefined when an alias of the planner's own would mean two things. */
function joinFetches(fetches: readonly FetchNode[]): FetchNode | undefined {
  const [first, ...more] = fetches
  if (first === undefined || more.length === 0) return first
  if (fetches.some(hasOwnNames)) return undefined
  const selections: SelectionNode[] = []
  const fragments: FragmentDefinitionNode[] = []
  const variables = new Map<string, VariableDefinitionNode>()
  let operation: OperationDefinitionNode | undefined
  for (const [index, { operation: text }] of fetches.entries()) {
    for (const definition of parse(text, { noLocation: true }).definitions) {
      const renamed = renameFragments(definition, index)
      if (renamed.kind === Kind.FRAGMENT_DEFINITION) fragments.push(renamed)
      if (renamed.kind !== Kind.OPERATION_DEFINITION) continue
      operation ??= renamed
      selections.push(...renamed.selectionSet.selections)
      for (const one of renamed.variableDefinitions ?? [])
        variables.set(one.variable.name.value, one)
    }
  }
  if (operation === undefined) return undefined
  const joined: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [...variables.values()],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  }
  const usages = new Set(fetches.flatMap(({ variableUsages }) => variableUsages ?? []))
  return {
    ...first,
    operation: print({ kind: Kind.DOCUMENT, definitions: [joined, ...fragments] }),
    variableUsages: [...usages],
  }
}

/** Rewrites are of the fetch they came with, and their aliases may be those of another. */
function hasOwnNames({ inputRewrites, outputRewrites }: FetchNode): boolean {
  return (inputRewrites ?? []).length > 0 || (outputRewrites ?? []).length > 0
}

function renameFragments<Definition extends DefinitionNode>(
  definition: Definition,
  index: number,
): Definition {
  const rename = <Node extends { readonly name: { readonly value: string } }>(
    node: Node,
  ): Node => ({
    ...node,
    name: { ...node.name, value: `${node.name.value}_${index}` },
  })
  return visit(definition, { FragmentSpread: rename, FragmentDefinition: rename })
}
