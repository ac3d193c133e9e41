import {
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parseType,
  print,
  type SelectionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { addedSelections } from './added-selections.js'
import type { CompiledOperation, RootField } from './compile-operation.js'
import type { FanOutContract } from './fan-out-contract.js'
import { pruneUnknown } from './prune-unknown.js'
import { isConditional } from './selection-condition.js'

/** A root field with those of its places whose conditions hold in this request. */
export interface ActiveRoot {
  readonly root: RootField
  /** Indices into `root.occurrences`, never empty. */
  readonly active: readonly number[]
}

/** What one member, or several that are asked the same, gets to read. */
export interface MemberDocument {
  readonly query: string
  /** Names of the client's variables it uses. */
  readonly variables: ReadonlySet<string>
  readonly variableDefinitions: readonly VariableDefinitionNode[]
  /** Fields left out because the member does not know them; they are null in its answer. */
  readonly pruned: readonly string[]
  /** Parts the member does not know and that cannot be left out: it must not be asked. */
  readonly unanswerable: readonly string[]
}

/** Name of the variable that carries a root field's representations in a member document. */
export function representationsVariable({ reserved }: CompiledOperation, root: RootField): string {
  return `${reserved}_representations_${root.key}`
}

/**
 * Finds the document for the members that are asked these root fields and do not know `missing`.
 * Documents are kept as long as their operation; one operation has few, as conditions and lagging members are few.
 */
export type MemberDocumentFinder = (
  compiled: CompiledOperation,
  roots: readonly ActiveRoot[],
  missing: ReadonlySet<string>,
) => MemberDocument

/** A finder for one contract. */
export function createMemberDocuments(contract: FanOutContract): MemberDocumentFinder {
  const byOperation = new WeakMap<CompiledOperation, LRUCache<string, MemberDocument>>()

  return (compiled, roots, missing) => {
    const asked = roots.map(({ root, active }) => `${root.key}:${active.join('+')}`).join(',')
    const key = missing.size === 0 ? asked : `${asked}|${[...missing].sort().join(',')}`
    const documents = byOperation.get(compiled) ?? new LRUCache({ max: 100 })
    byOperation.set(compiled, documents)
    const known = documents.get(key)
    if (known !== undefined) return known
    const document = buildMemberDocument(contract, compiled, roots, missing)
    documents.set(key, document)
    return document
  }
}

function buildMemberDocument(
  contract: FanOutContract,
  compiled: CompiledOperation,
  roots: readonly ActiveRoot[],
  missing: ReadonlySet<string>,
): MemberDocument {
  const fields = roots.flatMap((active) => toFields(contract, compiled, active))
  const definitions: VariableDefinitionNode[] = [
    ...(compiled.operation.variableDefinitions ?? []),
    ...roots
      .filter(({ root }) => root.strategy.kind === 'ENTITIES')
      .map(({ root }) => defineRepresentations(representationsVariable(compiled, root))),
  ]
  const whole = toDocument(compiled, fields, definitions)
  const { document, pruned, unanswerable } =
    missing.size === 0
      ? { document: whole, pruned: [], unanswerable: [] }
      : pruneUnknown(contract.schema, whole, missing, compiled.reserved)
  const used = dropUnused(document)
  const clientVariables = used.variableDefinitions.filter(
    ({ variable }) => !variable.name.value.startsWith(compiled.reserved),
  )
  return {
    query: print(used.document),
    variables: new Set(clientVariables.map(({ variable }) => variable.name.value)),
    variableDefinitions: clientVariables,
    pruned,
    unanswerable,
  }
}

/** The selected places of a root field without their conditions, which have been decided, and with what we add. */
function toFields(
  contract: FanOutContract,
  compiled: CompiledOperation,
  { root, active }: ActiveRoot,
): readonly FieldNode[] {
  return active.flatMap((occurrence, position): readonly FieldNode[] => {
    const node = root.occurrences[occurrence]?.node
    if (node === undefined) return []
    const added: readonly SelectionNode[] =
      position === 0 ? addedSelections(contract, compiled, root) : []
    const directives = node.directives?.filter((directive) => !isConditional(directive)) ?? []
    const field: FieldNode = { ...node, directives }
    if (node.selectionSet === undefined) return [field]
    const selections = [...node.selectionSet.selections, ...added]
    return [
      {
        ...field,
        selectionSet: { ...node.selectionSet, selections },
        ...(root.strategy.kind === 'ENTITIES' && {
          arguments: [toArgument('representations', representationsVariable(compiled, root))],
        }),
      },
    ]
  })
}

function toArgument(name: string, variable: string): NonNullable<FieldNode['arguments']>[number] {
  return {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
  }
}

function defineRepresentations(name: string): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
    type: parseType('[_Any!]!', { noLocation: true }),
  }
}

function toDocument(
  compiled: CompiledOperation,
  fields: readonly FieldNode[],
  variableDefinitions: readonly VariableDefinitionNode[],
): DocumentNode {
  const operation: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    variableDefinitions,
    selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
  }
  return { kind: Kind.DOCUMENT, definitions: [operation, ...compiled.fragments.values()] }
}

/** Leaves out fragments and variables that nothing uses any more: servers refuse documents that have them. */
function dropUnused(document: DocumentNode): {
  document: DocumentNode
  variableDefinitions: readonly VariableDefinitionNode[]
} {
  const fragments = new Set<string>()
  const variables = new Set<string>()
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  const pending = operation === undefined ? [] : [operation]
  for (let definition = pending.pop(); definition !== undefined; definition = pending.pop()) {
    visit(definition, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread({ name }) {
        if (fragments.has(name.value)) return
        fragments.add(name.value)
        const fragment = document.definitions.find(
          (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name.value,
        )
        if (fragment !== undefined) pending.push(fragment)
      },
    })
  }
  let variableDefinitions: readonly VariableDefinitionNode[] = []
  const definitions = document.definitions.flatMap((definition): readonly DefinitionNode[] => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      return fragments.has(definition.name.value) ? [definition] : []
    }
    if (definition.kind !== Kind.OPERATION_DEFINITION) return []
    variableDefinitions = (definition.variableDefinitions ?? []).filter(({ variable }) =>
      variables.has(variable.name.value),
    )
    return [{ ...definition, variableDefinitions }]
  })
  return { document: { ...document, definitions }, variableDefinitions }
}
