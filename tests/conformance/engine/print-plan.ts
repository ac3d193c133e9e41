import type {
  FetchNodePathSegment,
  FetchRewrite,
  FlattenNodePathSegment,
  PlanNode,
  QueryPlan,
  RequiresSelection,
} from '@graphql-hive/router-query-planner'
import {
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql'

/** Prints a query plan for people and diffs: one step a line, indented by what contains it. */
export function printPlan(plan: QueryPlan | null): string {
  return plan?.node ? printNode(plan.node).join('\n') : 'Nothing to fetch'
}

function printNode(node: PlanNode): string[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return [node.kind, ...indent(node.nodes.flatMap(printNode))]
    case 'Flatten':
      return [`Flatten ${printPath(node.path)}`, ...indent(printNode(node.node))]
    case 'Fetch': {
      const needs = node.requires ? printNeeds(node.requires, node) : []
      const asked = readOperation(node.operation, '_entities')
      return [
        `Fetch ${node.serviceName}${asked.variables}`,
        ...indent([
          ...needs,
          ...printShort(asked.set),
          ...asked.fragments,
          ...printRewrites('after', node.outputRewrites),
        ]),
      ]
    }
    case 'BatchFetch': {
      const body = node.entityBatch.aliases.flatMap((alias) => [
        `${alias.alias} for ${alias.paths.map(printPath).join(', ')}`,
        ...indent([
          ...printNeeds(alias.requires, alias),
          ...printShort(readOperation(node.operation, alias.alias).set),
          ...printRewrites('after', alias.outputRewrites),
        ]),
      ])
      const { variables, fragments } = readOperation(node.operation, '')
      return [`BatchFetch ${node.serviceName}${variables}`, ...indent([...body, ...fragments])]
    }
    case 'Condition': {
      const { condition, ifClause, elseClause } = node
      const whenTrue = ifClause ? [`Condition $${condition}`, ...indent(printNode(ifClause))] : []
      const whenFalse = elseClause
        ? [`Condition not $${condition}`, ...indent(printNode(elseClause))]
        : []
      return [...whenTrue, ...whenFalse]
    }
    case 'Subscription':
    case 'Defer':
      return [node.kind]
  }
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}

function printPath(path: readonly FlattenNodePathSegment[]): string {
  const parts = path.map((segment) => {
    if (segment === '@') return '@'
    return 'Field' in segment ? segment.Field : `|[${segment.TypeCondition.join('|')}]`
  })
  return parts.join('.')
}

function printRequires(selections: readonly RequiresSelection[]): string {
  const parts = selections.map((selection) => {
    if (selection.kind === 'FragmentSpread') return `...${selection.value}`
    const inner = selection.selections ? ` { ${printRequires(selection.selections)} }` : ''
    if (selection.kind === 'InlineFragment') return `... on ${selection.typeCondition}${inner}`
    const alias = selection.alias === undefined ? '' : `${selection.alias}: `
    return `${alias}${selection.name}${inner}`
  })
  return parts.join(' ')
}

function printNeeds(
  requires: readonly RequiresSelection[],
  { inputRewrites }: { readonly inputRewrites?: readonly FetchRewrite[] },
): string[] {
  return [`needs { ${printRequires(requires)} }`, ...printRewrites('before', inputRewrites)]
}

function printRewrites(when: string, rewrites: readonly FetchRewrite[] = []): string[] {
  return rewrites.map((rewrite) => {
    if ('KeyRenamer' in rewrite) {
      const { path, renameKeyTo } = rewrite.KeyRenamer
      return `${when}: ${printRewritePath(path)} becomes ${renameKeyTo}`
    }
    const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite
    return `${when}: ${printRewritePath(path)} = "${setValueTo}"`
  })
}

function printRewritePath(path: readonly FetchNodePathSegment[]): string {
  const parts = path.map((segment) =>
    'Key' in segment ? segment.Key : `(on ${segment.TypenameEquals.join('|')})`,
  )
  return parts.join('.')
}

/** What a fetch asks: of entities what it asks of each, without the field around them and its variable. */
function readOperation(operation: string, entities: string) {
  const document = parse(operation)
  const definition = getOperationAST(document)
  if (!definition) throw new Error(`a fetch without an operation: ${operation}`)
  const variables = (definition.variableDefinitions ?? [])
    .map((variable) => print(variable))
    .filter((variable) => !variable.includes('[_Any!]!'))
  const field = definition.selectionSet.selections.find(
    (selection): selection is FieldNode =>
      selection.kind === Kind.FIELD &&
      (selection.alias?.value ?? selection.name.value) === entities,
  )
  return {
    variables: variables.length > 0 ? ` (${variables.join(', ')})` : '',
    set: field?.selectionSet ?? definition.selectionSet,
    fragments: document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? printShort(one) : [],
    ),
  }
}

/** On one line when it is short. */
function printShort(node: SelectionSetNode | FragmentDefinitionNode): string[] {
  const lines = print(node).split('\n')
  const line = lines.map((part) => part.trim()).join(' ')
  return line.length <= 100 ? [line] : lines
}
