import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import { parseDecimal } from '../domain/decimal.js'

/** A calendar day as text. */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A calendar day without a time zone, ISO 8601: `2027-09-01`.',
  serialize: String,
  parseValue: parseDay,
  parseLiteral: (node) => parseDay(readText(node)),
})

/** An instant as text. */
export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description: 'An instant, ISO 8601 with an offset: `2027-03-01T12:00:00Z`.',
  serialize: String,
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(readText(node)),
})

/** An exact decimal as text. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description:
    'An exact decimal number as text, `"2.5"`: credits and money never pass through a float. Numbers are accepted, too.',
  serialize: String,
  parseValue: readDecimal,
  parseLiteral: (node) =>
    readDecimal(node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : readText(node)),
})

function readText(node: ValueNode): unknown {
  return node.kind === Kind.STRING ? node.value : null
}

function parseDay(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const instant = new Date(`${value}T00:00:00Z`)
    // Date rolls 31 February over to March; a day that exists comes back as it went in.
    if (!Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value)) return value
  }
  throw new GraphQLError('a Date is a day that exists, such as "2027-09-01"')
}

function parseInstant(value: unknown): string {
  const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/
  if (typeof value === 'string' && pattern.test(value) && !Number.isNaN(Date.parse(value))) {
    return value
  }
  throw new GraphQLError('a DateTime is an instant with an offset, such as "2027-03-01T12:00:00Z"')
}

function readDecimal(value: unknown): string {
  const decimal = parseDecimal(value)
  if (decimal !== null) return decimal
  throw new GraphQLError('a Decimal is a decimal number, such as "2.5"')
}
