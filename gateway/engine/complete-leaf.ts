import { type GraphQLEnumType, type GraphQLScalarType, isEnumType } from 'graphql'

/**
 * Checks one leaf value from a subgraph and returns it as the client gets it; undefined when the API schema does not
 * allow it: the wrong kind of value, or an enum value that is inaccessible or unknown.
 */
export type LeafCompleter = (value: unknown) => unknown

/** Makes the check for a leaf type. Custom scalars pass as they are: their subgraph has serialised them. */
export function createLeafCompleter(type: GraphQLScalarType | GraphQLEnumType): LeafCompleter {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name))
    return (value) => (names.has(value) ? value : undefined)
  }
  switch (type.name) {
    case 'String':
      return (value) => (typeof value === 'string' ? value : serialize(type, value))
    case 'ID':
      return (value) => (typeof value === 'string' ? value : serialize(type, value))
    case 'Boolean':
      return (value) => (typeof value === 'boolean' ? value : serialize(type, value))
    case 'Int':
    case 'Float':
      return (value) => serialize(type, value)
    default:
      return (value) => value
  }
}

function serialize(type: GraphQLScalarType, value: unknown): unknown {
  try {
    return type.serialize(value)
  } catch {
    return undefined
  }
}
