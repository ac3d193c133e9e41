import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

/** A calendar day as text. Written as the catalogue's own `Date`, so that the supergraph has one meaning for it. */
export const DateScalar = createTextScalar(
  'Date',
  'A calendar day without a time zone, ISO 8601: `2027-09-01`.',
  /^\d{4}-\d{2}-\d{2}$/,
)

/** An instant as text. Written as the catalogue's own `DateTime`. */
export const DateTimeScalar = createTextScalar(
  'DateTime',
  'An instant, ISO 8601 with an offset: `2027-03-01T12:00:00Z`.',
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/,
)

function createTextScalar(name: string, description: string, pattern: RegExp) {
  const read = (value: unknown): string => {
    if (typeof value === 'string' && pattern.test(value) && !Number.isNaN(Date.parse(value))) {
      return value
    }
    throw new GraphQLError(`${name} cannot represent ${JSON.stringify(value)}`)
  }
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: String,
    parseValue: read,
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : null),
  })
}
