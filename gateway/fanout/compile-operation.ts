import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { HubError } from '../../schema/index.js'
import type { FanOutContract, RootStrategy } from './fan-out-contract.js'
import { findRowKeys, type RowKeys } from './row-keys.js'
import { collectSelectedFields, type Fragments, type SelectedField } from './selected-fields.js'
import { type Condition, readConditions } from './selection-condition.js'

/** One root response key of an operation. */
export interface RootField {
  readonly key: string
  readonly name: string
  readonly strategy: RootStrategy
  /** Missing for introspection fields, which belong to no type. */
  readonly definition: GraphQLField<unknown, unknown> | undefined
  /** The places that select it, each with the conditions on the way to it. */
  readonly occurrences: readonly {
    readonly node: FieldNode
    readonly conditions: readonly Condition[]
  }[]
  /** What is selected right below it, by response key. */
  readonly selected: ReadonlyMap<string, SelectedField>
  /** Where a connection's rows tell position and id. */
  readonly rowKeys: RowKeys
}

/** What is known of an operation before its variables are. */
export interface CompiledOperation {
  readonly operation: OperationDefinitionNode
  readonly fragments: Fragments
  readonly roots: readonly RootField[]
  /** Variables that decide whom to ask: used in arguments or conditions of root fields. */
  readonly decidingVariables: ReadonlySet<string>
  /** Prefix of the names we add to what members are asked; no name of the document starts with it. */
  readonly reserved: string
}

const maximumTokens = 50_000
/** Nested fragments under ever new conditions double with every level; no honest operation comes near this. */
const maximumRootSpreads = 500

/**
 * Reads an operation that is valid under the contract.
 *
 * @throws GraphQLError when it cannot be parsed; HubError `OPERATION_NOT_PLANNABLE` when it is not a query.
 */
export function compileOperation(
  contract: FanOutContract,
  query: string,
  operationName: string | undefined,
): CompiledOperation {
  const document = parse(query, { noLocation: true, maxTokens: maximumTokens })
  const fragments = new Map<string, FragmentDefinitionNode>()
  const operations: OperationDefinitionNode[] = []
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition)
    } else if (definition.kind === Kind.OPERATION_DEFINITION) {
      operations.push(definition)
    }
  }
  const operation = pickOperation(operations, operationName)
  const reserved = reservePrefix(query)
  const roots = collectRoots(contract, operation.selectionSet, fragments, reserved)
  return {
    operation,
    fragments,
    roots,
    decidingVariables: collectDecidingVariables(roots),
    reserved,
  }
}

function pickOperation(
  operations: readonly OperationDefinitionNode[],
  name: string | undefined,
): OperationDefinitionNode {
  const named = operations.filter(
    (operation) => name === undefined || operation.name?.value === name,
  )
  const [operation] = named
  if (operation === undefined || named.length > 1) {
    const message =
      name === undefined
        ? 'the document has several operations or none; operationName must choose one'
        : `the document has no operation named '${name}'`
    throw new HubError('OPERATION_NOT_PLANNABLE', { subgraph: 'catalogue', message })
  }
  if (operation.operation !== OperationTypeNode.QUERY) {
    const message = `the catalogue answers queries only, not a ${operation.operation}`
    throw new HubError('OPERATION_NOT_PLANNABLE', { subgraph: 'catalogue', message })
  }
  return operation
}

function collectRoots(
  contract: FanOutContract,
  selectionSet: SelectionSetNode,
  fragments: Fragments,
  reserved: string,
): readonly RootField[] {
  const places = new Map<string, { node: FieldNode; conditions: readonly Condition[] }[]>()
  const spreads = new Set<string>()

  function collect({ selections }: SelectionSetNode, outer: readonly Condition[]): void {
    for (const selection of selections) {
      const conditions = [...outer, ...readConditions(selection.directives)]
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        const known = places.get(key)
        if (known === undefined) places.set(key, [{ node: selection, conditions }])
        else known.push({ node: selection, conditions })
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet, conditions)
      } else {
        const fragment = fragments.get(selection.name.value)
        // A fragment spread twice under the same conditions adds nothing the second time.
        const spread = JSON.stringify([selection.name.value, conditions])
        if (fragment === undefined || spreads.has(spread)) continue
        spreads.add(spread)
        if (spreads.size > maximumRootSpreads) throw tooManySpreads()
        collect(fragment.selectionSet, conditions)
      }
    }
  }
  collect(selectionSet, [])

  const fields = contract.schema.getQueryType()?.getFields() ?? {}
  return [...places].map(([key, occurrences]): RootField => {
    const name = occurrences[0]?.node.name.value ?? key
    const selectionSets = occurrences.flatMap(({ node }) => node.selectionSet ?? [])
    return {
      key,
      name,
      strategy: contract.strategies.get(name) ?? { kind: 'LOCAL' },
      definition: fields[name],
      occurrences,
      selected: collectSelectedFields(selectionSets, fragments),
      rowKeys: findRowKeys(selectionSets, getNamedType(fields[name]?.type), fragments, reserved),
    }
  })
}

function tooManySpreads(): HubError {
  const message = `more than ${maximumRootSpreads} fragments apply to the root of the operation`
  return new HubError('QUERY_TOO_LARGE', { message, limit: maximumRootSpreads })
}

function collectDecidingVariables(roots: readonly RootField[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { strategy, occurrences } of roots) {
    for (const { node, conditions } of occurrences) {
      for (const { variable } of conditions) if (variable !== null) names.add(variable)
      if (strategy.kind === 'LOCAL' || strategy.kind === 'ENTITIES') continue
      for (const argument of node.arguments ?? []) {
        visit(argument, { Variable: ({ name }) => void names.add(name.value) })
      }
    }
  }
  return names
}

function reservePrefix(query: string): string {
  let prefix = '_hub'
  while (query.includes(prefix)) prefix += '_'
  return prefix
}
