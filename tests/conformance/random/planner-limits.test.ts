import { spawnSync } from 'node:child_process'
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import { expect, test } from 'vitest'

/**
 * Valid operations that the planner (0.0.38) cannot plan, found by random operations. The random graphs keep clear of these
 * shapes. When an entry begins to fail, a newer planner can do it: put the shape into a random graph and take the entry out.
 */
interface PlannerLimit {
  readonly shape: string
  readonly outcome: 'refused' | 'aborted'
  readonly subgraphs: Readonly<Record<string, string>>
  readonly query: string
}

const limits: readonly PlannerLimit[] = [
  {
    shape: 'a computed field whose subgraph can only be reached over a third one for the key',
    outcome: 'refused',
    subgraphs: {
      reviews: 'type Query { newest: Product } type Product @key(fields: "sku") { sku: ID! }',
      products:
        'type Product @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! width: Int }',
      pricing:
        'type Product @key(fields: "id") { id: ID! width: Int @external cost: Int @requires(fields: "width") }',
    },
    query: '{ newest { cost } }',
  },
  {
    shape: 'a computed field behind an entity fetch into its own subgraph',
    outcome: 'refused',
    subgraphs: {
      housing: 'type Query { room: Room } type Room @key(fields: "id") { id: ID! rent: Int }',
      care: `
        type Room @key(fields: "id") {
          id: ID! ticket: Ticket rent: Int @external deposit: Int @requires(fields: "rent")
        }
        type Ticket { room: Room }
      `,
    },
    query: '{ room { ticket { room { deposit } } } }',
  },
  {
    shape: 'a computed field of an entity with two keys, behind an entity with one of them',
    outcome: 'aborted',
    subgraphs: {
      stock:
        'type Query { item: Item } type Item { product: Product } type Product @key(fields: "id") { id: ID! }',
      products:
        'type Product @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! width: Int }',
      pricing: `
        type Product @key(fields: "id") @key(fields: "sku") {
          id: ID! sku: ID! width: Int @external cost: Int @requires(fields: "width")
        }
      `,
    },
    query: '{ item { product { cost } } }',
  },
]

const header =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external"])\n'

// A process of its own: a panic of the planner ends the process that it happens in.
const program = `
  import { QueryPlanner } from '@graphql-hive/router-query-planner'
  const [supergraph, query] = process.argv.slice(1)
  const planner = new QueryPlanner(supergraph)
  try {
    planner.plan(query, undefined, new Set(), 0)
    console.log('planned')
  } catch (error) {
    console.log(String(error).includes('fetch graph') ? 'refused' : error)
  }
`

test.each(limits)('The planner cannot plan $shape: $outcome', ({ outcome, subgraphs, query }) => {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({
    name,
    typeDefs: parse(header + sdl),
    url: `http://${name}.test/`,
  }))
  const { supergraphSdl } = composeServices(services)
  expect(supergraphSdl).toBeDefined()
  const { stdout, signal } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', program, supergraphSdl ?? '', query],
    { encoding: 'utf8', timeout: 15_000 },
  )
  expect(signal === 'SIGABRT' ? 'aborted' : stdout.trim()).toBe(outcome)
})
