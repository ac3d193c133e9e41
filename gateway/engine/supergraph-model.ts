import {
  type DirectiveNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  Kind,
  parse,
  visit,
} from 'graphql'
import { HubError } from '../../schema/index.js'

/** A subgraph as the supergraph's `join__Graph` enum names it. */
export interface SubgraphEntry {
  /** The subgraph's own name, as query plans use it; not the upper-case enum value. */
  readonly name: string
  readonly url: string
}

/** What execution must know of a supergraph that its API schema does not say. */
export interface SupergraphModel {
  readonly subgraphs: readonly SubgraphEntry[]
  /** Names of all object types, inaccessible ones too. */
  readonly objectTypes: ReadonlySet<string>
  /** Names of all output fields, inaccessible ones too. */
  readonly fieldNames: ReadonlySet<string>
  /** Names of the fields that some `@requires` asks for with arguments. */
  readonly requiredWithArguments: ReadonlySet<string>
  /** Whether an object of type `typename` can stand where `condition` (an object, interface or union) is asked for. */
  satisfies(typename: string, condition: string): boolean
  /** Object types behind an abstract type, inaccessible ones too; an object type is its own. */
  possibleTypes(name: string): ReadonlySet<string>
}

/**
 * Reads subgraphs and types from supergraph SDL. Types come from here and not from the API schema,
 * because inaccessible types are missing there and subgraphs may still answer with them.
 *
 * @throws HubError `SUPERGRAPH_INVALID` when the SDL cannot be parsed or names no subgraphs.
 */
export function parseSupergraph(supergraphSdl: string): SupergraphModel {
  const document = parseSdl(supergraphSdl)
  const possible = new Map<string, Set<string>>()
  const objectTypes = new Set<string>()
  const fieldNames = new Set<string>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const member of definition.types ?? []) {
        addPossible(possible, definition.name.value, member.name.value)
      }
    }
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) fieldNames.add(field.name.value)
    }
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue
    objectTypes.add(definition.name.value)
    addPossible(possible, definition.name.value, definition.name.value)
    for (const field of definition.fields ?? []) fieldNames.add(field.name.value)
    for (const parent of definition.interfaces ?? []) {
      addPossible(possible, parent.name.value, definition.name.value)
    }
  }
  const none: ReadonlySet<string> = new Set()
  return {
    subgraphs: readSubgraphs(document),
    objectTypes,
    fieldNames,
    requiredWithArguments: readRequiredWithArguments(document),
    satisfies: (typename, condition) =>
      typename === condition || (possible.get(condition)?.has(typename) ?? false),
    possibleTypes: (name) => possible.get(name) ?? none,
  }
}

function readRequiredWithArguments(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>()
  visit(document, {
    Directive(directive) {
      const fields = directive.name.value === 'join__field' && readString(directive, 'requires')
      if (!fields) return
      visit(parse(`{ ${fields} }`, { noLocation: true }), {
        Field: (field) => {
          if (field.arguments?.length) names.add(field.name.value)
        },
      })
    },
  })
  return names
}

function parseSdl(supergraphSdl: string): DocumentNode {
  try {
    return parse(supergraphSdl, { noLocation: true })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'not SDL'
    const message = `the supergraph cannot be parsed: ${reason}`
    throw new HubError('SUPERGRAPH_INVALID', { message, cause })
  }
}

function readSubgraphs(document: DocumentNode): SubgraphEntry[] {
  const graphs = document.definitions.find(
    (definition): definition is EnumTypeDefinitionNode =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  )
  const subgraphs: SubgraphEntry[] = []
  for (const value of graphs?.values ?? []) {
    const graph = value.directives?.find((directive) => directive.name.value === 'join__graph')
    if (graph === undefined) continue
    subgraphs.push({
      name: readString(graph, 'name') ?? value.name.value,
      url: readString(graph, 'url') ?? '',
    })
  }
  if (subgraphs.length === 0) {
    const message = 'the supergraph names no subgraphs (enum join__Graph)'
    throw new HubError('SUPERGRAPH_INVALID', { message })
  }
  return subgraphs
}

function readString(directive: DirectiveNode, argument: string): string | undefined {
  const node = directive.arguments?.find(({ name }) => name.value === argument)?.value
  return node?.kind === Kind.STRING ? node.value : undefined
}

function addPossible(possible: Map<string, Set<string>>, abstract: string, object: string): void {
  const known = possible.get(abstract)
  if (known === undefined) possible.set(abstract, new Set([object]))
  else known.add(object)
}
