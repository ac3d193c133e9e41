import {
  type DefinitionNode,
  type DirectiveNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql'

/** How many rows a list field gives, by `@listSize`. */
export interface ListSize {
  readonly assumedSize: number | undefined
  /** Arguments that say how many rows; a dotted path leads into an input object. */
  readonly slicingArguments: readonly string[]
  /** Fields of the answer that are the list, e.g. `edges`; null when the field itself is. */
  readonly sizedFields: readonly string[] | null
}

/** What one field costs by itself. */
export interface FieldCost {
  /** Undefined: the weight of its type. */
  readonly weight: number | undefined
  readonly listSize: ListSize | undefined
  /** Weights of arguments that are charged when given. */
  readonly argumentWeights: ReadonlyMap<string, number>
  /** Names of the subgraphs' graph values that answer it; empty when every graph of its type does. */
  readonly graphs: readonly string[]
}

/** Weights and list sizes of a supergraph. */
export interface CostModel {
  fieldCost(typeName: string, fieldName: string): FieldCost
  /** The enum value that stands for a subgraph in `join__Graph`. */
  graphOf(subgraph: string | undefined): string | undefined
  /** The weight `@cost` gives a type; undefined when it gives none. */
  typeWeight(typeName: string): number | undefined
  /** Weights of the fields of an input type that have any. */
  inputWeights(typeName: string): ReadonlyMap<string, number>
  /** Type of an input object's field, without list and non-null. */
  inputFieldType(typeName: string, fieldName: string): string | undefined
  /** Types of all fields of an input object. */
  inputFieldTypes(typeName: string): readonly string[]
}

const noWeights: ReadonlyMap<string, number> = new Map()
const plainField: FieldCost = {
  weight: undefined,
  listSize: undefined,
  argumentWeights: noWeights,
  graphs: [],
}

/**
 * Reads the directives of demand control from supergraph SDL. A field of connections that has none counts as if its page size
 * were declared: who adds a list to a contract and forgets the directive has not added an unlimited list.
 *
 * @see https://specs.apollo.dev/cost/v0.1 (in Federation since 2.9): `@cost`, `@listSize`.
 */
export function readCostModel(supergraphSdl: string): CostModel {
  const { definitions } = parse(supergraphSdl, { noLocation: true })
  const names = readNames(definitions)
  const fields = new Map<string, FieldCost>()
  const types = new Map<string, number>()
  const inputs = new Map<string, Map<string, number>>()
  const inputTypes = new Map<string, ReadonlyMap<string, string>>()
  const connections = findConnections(definitions)
  for (const definition of definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        for (const field of definition.fields ?? []) {
          const key = `${definition.name.value}.${field.name.value}`
          fields.set(key, readField(field, names, connections))
        }
        break
      case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
        const weights = readInputWeights(definition.fields, names)
        if (weights.size > 0) inputs.set(definition.name.value, weights)
        const inner = (definition.fields ?? []).map(
          ({ name, type }) => [name.value, nameOf(type)] as const,
        )
        inputTypes.set(definition.name.value, new Map(inner))
        break
      }
    }
    if ('directives' in definition && 'name' in definition && definition.name !== undefined) {
      const weight = readWeight(definition.directives, names)
      if (weight !== undefined) types.set(definition.name.value, weight)
    }
  }
  const graphs = readGraphs(definitions)
  return {
    graphOf: (subgraph) => (subgraph === undefined ? undefined : graphs.get(subgraph)),
    fieldCost: (typeName, fieldName) => fields.get(`${typeName}.${fieldName}`) ?? plainField,
    typeWeight: (typeName) => types.get(typeName),
    inputWeights: (typeName) => inputs.get(typeName) ?? noWeights,
    inputFieldType: (typeName, fieldName) => inputTypes.get(typeName)?.get(fieldName),
    inputFieldTypes: (typeName) => [...(inputTypes.get(typeName)?.values() ?? [])],
  }
}

interface DirectiveNames {
  readonly cost: string
  readonly listSize: string
}

/** What the two directives are called here: a subgraph may have imported them under other names. */
function readNames(definitions: readonly DefinitionNode[]): DirectiveNames {
  const names = { cost: 'cost', listSize: 'listSize' }
  for (const definition of definitions) {
    const isSchema =
      definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
    if (!isSchema) continue
    for (const directive of definition.directives ?? []) {
      if (directive.name.value !== 'link') continue
      const values = readArguments(directive)
      if (!String(values.url ?? '').includes('specs.apollo.dev/cost/')) continue
      const prefix = typeof values.as === 'string' ? values.as : 'cost'
      names.cost = prefix
      names.listSize = `${prefix}__listSize`
      for (const one of Array.isArray(values.import) ? values.import : []) {
        const name = String(one.name ?? one)
        const alias = String(one.as ?? name).replace('@', '')
        if (name === '@cost') names.cost = alias
        if (name === '@listSize') names.listSize = alias
      }
    }
  }
  return names
}

function readField(
  field: FieldDefinitionNode,
  names: DirectiveNames,
  connections: ReadonlySet<string>,
): FieldCost {
  return {
    weight: readWeight(field.directives, names),
    listSize: readListSize(field, names) ?? assumeListSize(field, connections),
    argumentWeights: readInputWeights(field.arguments, names),
    graphs: (field.directives ?? []).flatMap((directive) => {
      if (directive.name.value !== 'join__field') return []
      const { graph, external } = readArguments(directive)
      return typeof graph === 'string' && external !== true ? [graph] : []
    }),
  }
}

function readListSize(field: FieldDefinitionNode, names: DirectiveNames): ListSize | undefined {
  const directive = field.directives?.find(({ name }) => name.value === names.listSize)
  if (directive === undefined) return undefined
  const { assumedSize, slicingArguments, sizedFields } = readArguments(directive)
  return {
    assumedSize: typeof assumedSize === 'number' ? assumedSize : undefined,
    slicingArguments: Array.isArray(slicingArguments) ? slicingArguments.map(String) : [],
    sizedFields: Array.isArray(sizedFields) ? sizedFields.map(String) : null,
  }
}

const defaultPageSize = 20

/** What a list without the directive most likely means by its arguments. */
function assumeListSize(
  field: FieldDefinitionNode,
  connections: ReadonlySet<string>,
): ListSize | undefined {
  const names = new Set(field.arguments?.map(({ name }) => name.value))
  const slicingArguments = ['first', 'last', 'limit'].filter((name) => names.has(name))
  if (!connections.has(nameOf(field.type))) {
    if (slicingArguments.length === 0 || !isListNode(field.type)) return undefined
    return { assumedSize: undefined, slicingArguments, sizedFields: null }
  }
  return {
    assumedSize: defaultPageSize,
    slicingArguments,
    sizedFields: ['edges', 'nodes'],
  }
}

/** Types with a list field `edges` or `nodes`, as Relay's connections have. */
function findConnections(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const definition of definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue
    const isConnection = definition.fields?.some(
      ({ name, type }) => /^(edges|nodes)$/.test(name.value) && isListNode(type),
    )
    if (isConnection) found.add(definition.name.value)
  }
  return found
}

function readInputWeights(
  values: readonly InputValueDefinitionNode[] | undefined,
  names: DirectiveNames,
): Map<string, number> {
  const weights = new Map<string, number>()
  for (const { name, directives } of values ?? []) {
    const weight = readWeight(directives, names)
    if (weight !== undefined) weights.set(name.value, weight)
  }
  return weights
}

/** Enum values of `join__Graph` by the name of their subgraph. */
function readGraphs(definitions: readonly DefinitionNode[]): ReadonlyMap<string, string> {
  const graphs = new Map<string, string>()
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue
    if (definition.name.value !== 'join__Graph') continue
    for (const { name, directives } of definition.values ?? []) {
      const graph = directives?.find((directive) => directive.name.value === 'join__graph')
      if (graph !== undefined) graphs.set(String(readArguments(graph).name), name.value)
    }
  }
  return graphs
}

function readWeight(
  directives: readonly DirectiveNode[] | undefined,
  { cost }: DirectiveNames,
): number | undefined {
  const directive = directives?.find(({ name }) => name.value === cost)
  const weight = directive && readArguments(directive).weight
  return typeof weight === 'number' ? weight : undefined
}

// biome-ignore lint/suspicious/noExplicitAny: arguments of a directive have any shape; every reader checks.
function readArguments(directive: DirectiveNode): Readonly<Record<string, any>> {
  const entries = (directive.arguments ?? []).map(
    ({ name, value }) => [name.value, valueFromASTUntyped(value)] as const,
  )
  return Object.fromEntries(entries)
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type)
}

function isListNode(type: TypeNode): boolean {
  return type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isListNode(type.type))
}
