import {
  buildASTSchema,
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  printSchema,
  type TypeNode,
  visit,
} from 'graphql'
import type { GraphWorld, WorldObject } from './graph-world.js'

type Variables = Readonly<Record<string, unknown>>

/** Executes an operation on the merged schema with graphql-js alone: what every gateway must answer. */
export function executeLocally(
  schema: GraphQLSchema,
  world: GraphWorld,
  document: DocumentNode,
  variables: Variables,
): ExecutionResult {
  return executeSync({
    schema,
    document,
    variableValues: variables,
    fieldResolver: (source: WorldObject | undefined, args, _context, info) =>
      world.resolve(source, info.parentType.name, info.fieldName, args),
  })
}

/**
 * Executes with every output type made nullable, so that no failure hides another: the errors name every position of the
 * answer where something fails, a null in a place for non-nulls included.
 */
export function createFaultFinder(schema: GraphQLSchema, world: GraphWorld) {
  const nullable = withNullableFields(schema)
  return (document: DocumentNode, variables: Variables): ExecutionResult =>
    executeSync({
      schema: nullable,
      document,
      variableValues: variables,
      fieldResolver: (source: WorldObject | undefined, args, _context, info) => {
        const value = world.resolve(source, info.parentType.name, info.fieldName, args)
        const parent = schema.getType(info.parentType.name)
        const isParent = isObjectType(parent) || isInterfaceType(parent)
        const type = isParent ? parent.getFields()[info.fieldName]?.type : undefined
        return type === undefined ? value : markViolations(value, type)
      },
    })
}

/** Puts an error where a null violates the type. */
function markViolations(value: unknown, type: GraphQLOutputType): unknown {
  if (isNonNullType(type)) {
    return value === null ? new Error('null is not allowed') : markViolations(value, type.ofType)
  }
  if (!isListType(type) || !Array.isArray(value)) return value
  return value.map((item) => markViolations(item, type.ofType))
}

function withNullableFields(schema: GraphQLSchema): GraphQLSchema {
  const document = visit(parse(printSchema(schema)), {
    FieldDefinition: (field) => ({ ...field, type: toNullable(field.type) }),
  })
  return buildASTSchema(document)
}

function toNullable(type: TypeNode): TypeNode {
  if (type.kind === Kind.NON_NULL_TYPE) return toNullable(type.type)
  return type.kind === Kind.LIST_TYPE ? { ...type, type: toNullable(type.type) } : type
}
