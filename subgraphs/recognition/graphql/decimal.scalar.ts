import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { isDecimal } from '../domain/decimal.js'

/** Exact decimals as strings. Written as the catalogue's own `Decimal`, so that the supergraph has one meaning for it. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description:
    'An exact decimal number as text, `"2.5"`: credits and money never pass through a float. Numbers are accepted, too.',
  // What the domain hands out is a decimal already; an exact product may have more places than input may.
  serialize: String,
  parseValue: readDecimal,
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) {
      return readDecimal(node.value)
    }
    throw refuse(node.kind)
  },
})

function readDecimal(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text === 'string' && isDecimal(text)) return text
  throw refuse(text)
}

function refuse(value: unknown): GraphQLError {
  return new GraphQLError(`Decimal cannot represent ${JSON.stringify(value)}: write it as "2.5"`)
}
