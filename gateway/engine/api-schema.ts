import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  specifiedDirectives,
  specifiedScalarTypes,
  validateSchema,
} from 'graphql'
import { HubError } from '../../schema/index.js'

/** The schema clients see, as schema and as text. */
export interface ApiSchema {
  readonly schema: GraphQLSchema
  readonly sdl: string
}

/**
 * Makes the API schema from the planner's consumer schema, which also holds introspection types, built-in scalars
 * and leftovers of the join spec that Apollo Server would refuse or show to clients.
 *
 * @throws HubError `SUPERGRAPH_INVALID` when what is left is not a valid schema.
 */
export function buildApiSchema(consumerSchema: string): ApiSchema {
  const definitions = parse(consumerSchema, { noLocation: true }).definitions.flatMap(toPublic)
  const names = new Set(definitions.map((one) => ('name' in one ? one.name?.value : undefined)))
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: definitions.map((definition) => withoutMissing(definition, names)),
  }
  const schema = buildASTSchema(document, { assumeValidSDL: true })
  const faults = validateSchema(schema)
  if (faults.length > 0) {
    const message = `the API schema is not valid: ${faults.map((fault) => fault.message).join('; ')}`
    throw new HubError('SUPERGRAPH_INVALID', { message })
  }
  return { schema, sdl: `${print(document)}\n` }
}

function toPublic(definition: DefinitionNode): DefinitionNode[] {
  if (definition.kind === Kind.SCHEMA_DEFINITION) return [{ ...definition, directives: [] }]
  if (!('name' in definition) || definition.name === undefined) return [definition]
  const name = definition.name.value
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
    const isBuiltIn = specifiedDirectives.some((known) => known.name === name)
    return isBuiltIn || isMachinery(name) ? [] : [definition]
  }
  if (isMachinery(name) || specifiedScalarTypes.some((known) => known.name === name)) return []
  if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
    const fields = (definition.fields ?? []).filter((field) => !field.name.value.startsWith('__'))
    return [{ ...definition, fields }]
  }
  return [definition]
}

/** The planner leaves inaccessible members in unions, and inaccessible interfaces at their types. */
function withoutMissing(
  definition: DefinitionNode,
  names: ReadonlySet<string | undefined>,
): DefinitionNode {
  if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
    const types = (definition.types ?? []).filter(({ name }) => names.has(name.value))
    return { ...definition, types }
  }
  if (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  ) {
    const interfaces = (definition.interfaces ?? []).filter(({ name }) => names.has(name.value))
    return { ...definition, interfaces }
  }
  return definition
}

/** Names with two underscores belong to introspection (`__Type`) or to a link-imported spec (`join__FieldSet`). */
function isMachinery(name: string): boolean {
  return name.includes('__') && (name.startsWith('__') || /^(join|link|core)__/.test(name))
}
