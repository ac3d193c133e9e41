import {
  type FieldDefinitionNode,
  type FieldNode,
  getNamedType,
  type InterfaceTypeDefinitionNode,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql'
import type { MergedGraph } from './random-graph.js'

/** What a graph's federation directives say, read from its subgraphs, not from the supergraph. */
export interface GraphFacts {
  isEntity(type: string): boolean
  /** The entity interface whose ids a type shares, or the type itself. */
  familyOf(type: string): string
  /** Concrete types of a family, in fixed order; the type itself when it is no interface. */
  membersOf(family: string): readonly string[]
  /** Keys of a type in one subgraph. */
  keysOf(subgraph: string, type: string): readonly SelectionSetNode[]
  /** What a field requires, wherever it is resolved. */
  requiredFor(type: string, field: string): SelectionSetNode | undefined
  /** Whether a field is part of some key, so that its value must tell the entity. */
  isKeyPart(type: string, field: string): boolean
  /** Whether other fields depend on this one, being a key or required. */
  isDependedOn(type: string, field: string): boolean
  /** Concrete types that every subgraph with this field can answer for an abstract type. */
  answerableTypes(type: string, field: string, abstract: string): readonly string[]
}

type CompositeNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode

export function readGraphFacts({ documents, fullSchema }: MergedGraph): GraphFacts {
  const entities = new Set<string>()
  const familyByType = new Map<string, string>()
  const keys = new Map<string, SelectionSetNode[]>()
  const required = new Map<string, SelectionSetNode>()
  const keyParts = new Set<string>()
  const dependencies = new Set<string>()
  /** Subgraphs that resolve `Type.field`. */
  const owners = new Map<string, Set<string>>()

  const familyOf = (type: string) => familyByType.get(type) ?? type

  function walk(set: SelectionSetNode, type: string, isKey: boolean): void {
    for (const { name, selectionSet } of fieldsIn(set)) {
      dependencies.add(`${familyOf(type)}.${name.value}`)
      if (isKey) keyParts.add(`${familyOf(type)}.${name.value}`)
      if (selectionSet === undefined) continue
      const parent = fullSchema.getType(type)
      if (!isObjectType(parent) && !isInterfaceType(parent)) continue
      const field = parent.getFields()[name.value]
      if (field !== undefined) walk(selectionSet, getNamedType(field.type).name, isKey)
    }
  }

  function eachType(visit: (subgraph: string, type: CompositeNode) => void): void {
    for (const [subgraph, document] of documents) {
      for (const one of document.definitions) {
        const isComposite =
          one.kind === Kind.OBJECT_TYPE_DEFINITION || one.kind === Kind.INTERFACE_TYPE_DEFINITION
        if (isComposite) visit(subgraph, one)
      }
    }
  }

  // Families first: everything else is filed under them.
  eachType((_subgraph, type) => {
    if (fieldSetsOf(type, 'key').length === 0) return
    entities.add(type.name.value)
    const known = fullSchema.getType(type.name.value)
    if (!isAbstractType(known)) return
    for (const member of fullSchema.getPossibleTypes(known)) {
      familyByType.set(member.name, known.name)
    }
  })
  eachType((subgraph, type) => {
    const name = type.name.value
    for (const key of fieldSetsOf(type, 'key')) {
      const place = `${subgraph} ${name}`
      keys.set(place, [...(keys.get(place) ?? []), key])
      walk(key, name, true)
    }
    for (const field of type.fields ?? []) {
      const place = `${familyOf(name)}.${field.name.value}`
      for (const set of fieldSetsOf(field, 'requires')) {
        required.set(place, set)
        walk(set, name, false)
      }
      if (hasDirective(field, 'external')) continue
      const subgraphs = owners.get(place) ?? new Set()
      owners.set(place, subgraphs.add(subgraph))
    }
  })

  function possibleIn(subgraph: string, abstract: string): ReadonlySet<string> | undefined {
    const definitions = documents.get(subgraph)?.definitions ?? []
    const possible = new Set<string>()
    for (const one of definitions) {
      if (one.kind === Kind.UNION_TYPE_DEFINITION && one.name.value === abstract) {
        for (const member of one.types ?? []) possible.add(member.name.value)
      }
      if (one.kind !== Kind.OBJECT_TYPE_DEFINITION) continue
      // An interface object stands for every implementation.
      if (one.name.value === abstract) return undefined
      if (one.interfaces?.some((parent) => parent.name.value === abstract)) {
        possible.add(one.name.value)
      }
    }
    return possible
  }

  return {
    isEntity: (type) => entities.has(type) || familyByType.has(type),
    familyOf,
    membersOf(family) {
      const type = fullSchema.getType(family)
      if (!isAbstractType(type)) return [family]
      return fullSchema
        .getPossibleTypes(type)
        .map(({ name }) => name)
        .sort()
    },
    keysOf: (subgraph, type) => keys.get(`${subgraph} ${type}`) ?? [],
    requiredFor: (type, field) => required.get(`${familyOf(type)}.${field}`),
    isKeyPart: (type, field) => keyParts.has(`${familyOf(type)}.${field}`),
    isDependedOn: (type, field) => dependencies.has(`${familyOf(type)}.${field}`),
    answerableTypes(type, field, abstract) {
      const known = fullSchema.getType(abstract)
      if (!isAbstractType(known)) return [abstract]
      let names = fullSchema.getPossibleTypes(known).map(({ name }) => name)
      for (const subgraph of owners.get(`${familyOf(type)}.${field}`) ?? []) {
        const possible = possibleIn(subgraph, abstract)
        if (possible !== undefined) names = names.filter((name) => possible.has(name))
      }
      return names.sort()
    },
  }
}

/** The fields of a set; the composer accepts no fragments in one. */
export function fieldsIn(set: SelectionSetNode): readonly FieldNode[] {
  return set.selections.filter((selection) => selection.kind === Kind.FIELD)
}

function fieldSetsOf(node: CompositeNode | FieldDefinitionNode, name: string): SelectionSetNode[] {
  return (node.directives ?? []).flatMap((directive) => {
    if (directive.name.value !== name) return []
    const value = directive.arguments?.find((argument) => argument.name.value === 'fields')?.value
    if (value?.kind !== Kind.STRING) return []
    const [operation] = parse(`{ ${value.value} }`).definitions
    return operation?.kind === Kind.OPERATION_DEFINITION ? [operation.selectionSet] : []
  })
}

function hasDirective(node: FieldDefinitionNode, name: string): boolean {
  return node.directives?.some((directive) => directive.name.value === name) ?? false
}
