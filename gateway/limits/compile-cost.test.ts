import { buildASTSchema, getVariableValues, parse } from 'graphql'
import { expect, test } from 'vitest'
import { parseOperationShape } from '../engine/operation-shape.js'
import { defaultOperationLimits } from '../engine/operation-size.js'
import { compileCost } from './compile-cost.js'
import { readCostModel } from './cost-model.js'

const sdl = `
  schema
    @link(url: "https://specs.apollo.dev/link/v1.0")
    @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@cost", { name: "@listSize", as: "@size" }]) {
    query: Query
    mutation: Mutation
  }
  directive @link(url: String, import: [String]) repeatable on SCHEMA
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @size(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
  directive @join__field(graph: String) repeatable on FIELD_DEFINITION
  directive @join__graph(name: String) on ENUM_VALUE
  enum join__Graph { CATALOGUE @join__graph(name: "catalogue") RULES @join__graph(name: "rules") }
  scalar Slow @cost(weight: 7)
  input Deep { text: String @cost(weight: 3) more: Deep }
  input Filter { deep: Deep ids: [ID!] }
  type Query {
    one: Item @join__field(graph: RULES)
    many: [Item!] @join__field(graph: RULES)
    ten: [Item!] @size(assumedSize: 10) @join__field(graph: RULES)
    some(first: Int, last: Int = 4): [Item!] @size(slicingArguments: ["first", "last"]) @join__field(graph: RULES)
    byIds(filter: Filter): [Item!] @size(slicingArguments: ["filter.ids"]) @join__field(graph: RULES)
    search(filter: Filter, boost: Int @cost(weight: 5)): Item @join__field(graph: RULES)
    page(first: Int): ItemConnection @size(assumedSize: 20, slicingArguments: ["first"], sizedFields: ["edges", "nodes"]) @join__field(graph: RULES)
    plainPage(first: Int): ItemConnection @join__field(graph: RULES)
    everywhere(first: Int, members: [String!]): ItemConnection @size(slicingArguments: ["first"], sizedFields: ["edges", "nodes"]) @join__field(graph: CATALOGUE)
    node: Node @join__field(graph: RULES)
    plainList(limit: Int): [Item!] @join__field(graph: RULES)
  }
  type Mutation { change: Item }
  interface Node { id: ID }
  type Item implements Node {
    id: ID
    slow: Slow
    dear: String @cost(weight: 9)
    grid: [[Item!]!] @join__field(graph: RULES)
    part: Part
    rule: Part @join__field(graph: RULES)
  }
  type Part @cost(weight: 2) { id: ID }
  type ItemEdge { node: Item }
  type ItemConnection { edges: [ItemEdge!]! nodes: [Item!]! total: Int }
`
const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true })
const model = readCostModel(sdl)
const findWidth = (name: string) =>
  name === 'everywhere'
    ? ({ members }: Readonly<Record<string, unknown>>) =>
        Array.isArray(members) ? members.length : 13
    : undefined

function costOf(query: string, variables: Record<string, unknown> = {}): number {
  const { operation, fragments } = parseOperationShape(
    parse(query),
    undefined,
    defaultOperationLimits,
  )
  const { coerced, errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    variables,
  )
  if (coerced === undefined) throw new RangeError(String(errors))
  const fanOutGraph = model.graphOf('catalogue')
  const tools = { schema, model, defaultListSize: 5, findWidth, fanOutGraph }
  return compileCost(operation, fragments, tools)(coerced)
}

test.each([
  ['an object is 1 and its leaves are nothing', '{ one { id __typename } }', 1],
  ['a weighted field', '{ one { dear } }', 10],
  ['a weighted scalar', '{ one { slow } }', 8],
  ['a weighted type', '{ one { part { id } } }', 3],
  ['a list of unknown size', '{ many { id } }', 5],
  ['a list of assumed size', '{ ten { part { id } } }', 30],
  ['a list in a list', '{ one { grid { id } } }', 1 + 5 * 5],
  ['a slicing argument', '{ some(first: 30) { id } }', 30],
  ['the larger of two slicing arguments, defaults included', '{ some(first: 3) { id } }', 4],
  ['nothing negative', '{ some(first: -50) { id } }', 4],
  ['as many rows as ids', '{ byIds(filter: { ids: ["a", "b", "c"] }) { id } }', 3],
  [
    'weighted arguments and input fields, when given',
    '{ search(boost: 1, filter: { deep: { text: "a", more: { text: "b" } } }) { id } }',
    1 + 5 + 6,
  ],
  ['no weight for a null', '{ search(boost: null) { id } }', 1],
  ['a page', '{ page(first: 10) { edges { node { id } } } }', 1 + 10 * 2],
  [
    'a page by its nodes and edges',
    '{ page(first: 10) { nodes { id } edges { node { id } } total } }',
    1 + 10 + 20,
  ],
  ['a page without a size', '{ page { nodes { id } } }', 21],
  ['a connection nobody annotated', '{ plainPage(first: 7) { nodes { id } } }', 8],
  ['a list nobody annotated, by its argument', '{ plainList(limit: 6) { id } }', 6],
  ['a mutation', 'mutation { change { id } }', 11],
  [
    'a fragment and an inline fragment',
    '{ node { ...I ... on Item { dear } } } fragment I on Item { part { id } }',
    1 + 2 + 9,
  ],
  ['aliases, each of them', '{ a: one { id } b: one { id } }', 2],
  ['the schema', '{ __schema { types { name } } __type(name: "Item") { name } }', 100],
  ['every member asked', '{ everywhere(first: 10) { nodes { id } } }', 13 * (1 + 10)],
  [
    'only the members named',
    '{ everywhere(first: 10, members: ["dcu", "liu"]) { nodes { id } } }',
    2 * 11,
  ],
  [
    'what another subgraph adds to the merged page, once',
    '{ everywhere(first: 10) { nodes { rule { id } } } }',
    13 * 11 + 10 * 2,
  ],
])('counts %s', (_title, query, cost) => {
  expect(costOf(query)).toBe(cost)
})

test('is evaluated anew for the variables of each request', () => {
  const query =
    'query ($n: Int = 2, $on: Boolean!) { some(first: $n, last: 0) { id part @include(if: $on) { id } } }'
  expect(costOf(query, { on: false })).toBe(2)
  expect(costOf(query, { on: true, n: 10 })).toBe(30)
  expect(costOf('query ($on: Boolean!) { one @skip(if: $on) { id } }', { on: true })).toBe(0)
  const byIds = 'query ($ids: [ID!]) { byIds(filter: { ids: $ids }) { id } }'
  expect(costOf(byIds, { ids: ['a', 'b'] })).toBe(2)
})
