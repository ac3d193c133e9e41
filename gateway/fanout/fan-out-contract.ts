import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql'
import { HubError } from '../../schema/index.js'
import { buildSubgraphSchema } from '../registry/contract-schema.js'

/** How the answers to one root field become one. Read from the contract's directives, never from the field's name. */
export type RootStrategy =
  | {
      readonly kind: 'CONNECTION' | 'CONCAT' | 'SUM' | 'FACETS'
      /** Path, from the arguments, of the slugs that narrow whom to ask. */
      readonly membersPath: readonly string[] | null
      /** Path, from the arguments, of the jurisdiction codes that narrow whom to ask. */
      readonly jurisdictionsPath: readonly string[] | null
    }
  | { readonly kind: 'ROUTE'; readonly argument: string }
  | { readonly kind: 'ENTITIES' }
  /** Answered here: `_service` and introspection. */
  | { readonly kind: 'LOCAL' }

export interface FanOutContract {
  readonly sdl: string
  /** The contract with the fields every federated subgraph has. */
  readonly schema: GraphQLSchema
  readonly strategies: ReadonlyMap<string, RootStrategy>
  /** Types with a key; every one has an `id` that names its owner. */
  readonly entityTypes: readonly string[]
}

const federationRoots = new Set(['_entities', '_service'])
const connectionFields = new Set(['edges', 'nodes', 'totalCount', 'pageInfo'])
const merges = ['CONNECTION', 'CONCAT', 'SUM', 'FACETS'] as const

/**
 * Reads the contract and how each of its root fields is fanned out.
 *
 * @throws HubError `SUPERGRAPH_INVALID` naming the field that has no strategy, or a type that does not fit its own.
 */
export function readFanOutContract(sdl: string): FanOutContract {
  const plain = buildSubgraphSchema(sdl)
  const entityTypes = Object.values(plain.getTypeMap())
    .filter((type) => isObjectType(type) && hasDirective(type, 'key'))
    .map(({ name }) => name)
  for (const name of entityTypes) {
    const type = plain.getType(name)
    if (!isObjectType(type) || !hasId(type)) throw invalid(`entity type ${name} has no field id`)
  }
  const schema = buildSubgraphSchema(`${sdl}\n${federationSdl(plain, entityTypes)}`)
  const strategies = new Map<string, RootStrategy>()
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    strategies.set(field.name, readStrategy(field))
  }
  return { sdl, schema, strategies, entityTypes }
}

/** Whether rows of this type say who owns them. */
export function hasId(type: unknown): type is GraphQLObjectType {
  return isObjectType(type) && 'id' in type.getFields()
}

function federationSdl(schema: GraphQLSchema, entityTypes: readonly string[]): string {
  const parts: string[] = []
  const fields: string[] = []
  const queryFields = schema.getQueryType()?.getFields() ?? {}
  if (schema.getType('_Any') === undefined) parts.push('scalar _Any')
  if (schema.getType('_Service') === undefined) parts.push('type _Service { sdl: String }')
  if (entityTypes.length > 0 && schema.getType('_Entity') === undefined) {
    parts.push(`union _Entity = ${entityTypes.join(' | ')}`)
  }
  if (queryFields._service === undefined) fields.push('_service: _Service!')
  if (entityTypes.length > 0 && queryFields._entities === undefined) {
    fields.push('_entities(representations: [_Any!]!): [_Entity]!')
  }
  if (fields.length > 0) parts.push(`extend type Query { ${fields.join(' ')} }`)
  return parts.join('\n')
}

function readStrategy(field: GraphQLField<unknown, unknown>): RootStrategy {
  if (field.name === '_entities') return { kind: 'ENTITIES' }
  if (federationRoots.has(field.name)) return { kind: 'LOCAL' }
  const fanOut = findDirective(field, 'fanOut')
  const routeBy = findDirective(field, 'routeBy')
  if (routeBy !== undefined && fanOut === undefined) return readRoute(field, routeBy)
  if (fanOut === undefined || routeBy !== undefined) {
    throw invalid(`root field ${field.name} needs exactly one of @fanOut and @routeBy`)
  }
  const merge = readArgument(fanOut, 'merge')
  const kind = merges.find((known) => known === merge)
  if (kind === undefined) throw invalid(`root field ${field.name} has no known merge`)
  if (kind === 'CONNECTION') requireConnection(field)
  return {
    kind,
    membersPath: readArgument(fanOut, 'members')?.split('.') ?? null,
    jurisdictionsPath: readArgument(fanOut, 'jurisdictions')?.split('.') ?? null,
  }
}

function readRoute(
  field: GraphQLField<unknown, unknown>,
  directive: ConstDirectiveNode,
): RootStrategy {
  const argument = readArgument(directive, 'argument')
  if (argument === undefined || !field.args.some(({ name }) => name === argument)) {
    throw invalid(`root field ${field.name} is routed by an argument it does not have`)
  }
  return { kind: 'ROUTE', argument }
}

/** Merging works on exactly these fields; another one would come from whichever member answered first. */
function requireConnection(field: GraphQLField<unknown, unknown>): void {
  const type = getNamedType(field.type)
  const fields = isObjectType(type) ? type.getFields() : {}
  const edge = getNamedType(fields.edges?.type)
  const edgeFields = isObjectType(edge) ? edge.getFields() : {}
  const fits =
    Object.keys(fields).every((name) => connectionFields.has(name)) &&
    fields.pageInfo !== undefined &&
    edgeFields.cursor !== undefined &&
    hasId(getNamedType(edgeFields.node?.type))
  if (!fits) throw invalid(`the type of root field ${field.name} is not a connection of entities`)
}

/** Whether the type is a list of `{ value, count }`, the leaves of facets. */
export function isFacetList(type: unknown): boolean {
  const present = isNonNullType(type) ? type.ofType : type
  if (!isListType(present)) return false
  const item = getNamedType(present)
  return isObjectType(item) && 'value' in item.getFields() && 'count' in item.getFields()
}

function findDirective(
  field: GraphQLField<unknown, unknown>,
  name: string,
): ConstDirectiveNode | undefined {
  return field.astNode?.directives?.find((directive) => directive.name.value === name)
}

function readArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const node = directive.arguments?.find((argument) => argument.name.value === name)
  const value = node === undefined ? undefined : valueFromASTUntyped(node.value)
  return typeof value === 'string' ? value : undefined
}

function hasDirective(type: GraphQLObjectType, name: string): boolean {
  return [type.astNode, ...type.extensionASTNodes].some((node) =>
    node?.directives?.some((directive) => directive.name.value === name),
  )
}

function invalid(message: string): HubError {
  return new HubError('SUPERGRAPH_INVALID', { subgraph: 'catalogue', message })
}
