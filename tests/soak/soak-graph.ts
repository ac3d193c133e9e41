import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'

/** Names of the soak's subgraphs. `products` is never disturbed. */
export const subgraphNames = ['products', 'reviews', 'stock'] as const
export type SubgraphName = (typeof subgraphNames)[number]

/** Products there are; ids are their numbers. */
const productCount = 200

const federationLink =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])'

export interface SoakSubgraph {
  readonly typeDefs: string
  readonly resolvers: Readonly<Record<string, Record<string, unknown>>>
}

interface Reference {
  readonly id: string
}

const toProduct = (number: number) => ({
  id: String(number),
  name: nameOf(String(number)),
  story: storyOf(String(number)),
})

/** Three subgraphs around one entity; every value follows from the product's id. */
export const soakSubgraphs: Readonly<Record<SubgraphName, SoakSubgraph>> = {
  products: {
    typeDefs: `${federationLink}
      type Query { products(first: Int!, from: Int!): [Product!]! }
      type Product @key(fields: "id") { id: ID! name: String! story: String! }
    `,
    resolvers: {
      Query: {
        products: (_: unknown, { first, from }: { first: number; from: number }) =>
          Array.from({ length: first }, (_item, index) => toProduct((from + index) % productCount)),
      },
    },
  },
  reviews: {
    typeDefs: `${federationLink}
      type Product @key(fields: "id") { id: ID! reviews: [Review!] }
      type Review { stars: Int! text: String! }
    `,
    resolvers: {
      Product: {
        reviews: ({ id }: Reference) => reviewsOf(id),
      },
    },
  },
  stock: {
    typeDefs: `${federationLink}
      type Product @key(fields: "id") { id: ID! inStock: Int }
    `,
    resolvers: { Product: { inStock: ({ id }: Reference) => inStockOf(id) } },
  },
}

export function nameOf(id: string): string {
  return `Product ${id}`
}

/** Long enough that a few dozen fill the buffers of a client that does not read. */
export function storyOf(id: string): string {
  return `${id} once upon a time `.repeat(400)
}

export function reviewsOf(id: string): readonly { stars: number; text: string }[] {
  return [
    { stars: Number(id) % 5, text: `first of ${id}` },
    { stars: (Number(id) + 3) % 5, text: `second of ${id}` },
  ]
}

export function inStockOf(id: string): number {
  return Number(id) * 7
}

/**
 * The supergraph of one generation, which differs from the others in one root field, so that it can be told which one is served.
 *
 * @param urls - Places of the subgraphs.
 */
export function composeGeneration(
  generation: number,
  urls: Readonly<Record<SubgraphName, string>>,
): string {
  const services = subgraphNames.map((name) => {
    const { typeDefs } = soakSubgraphs[name]
    const mark = name === 'products' ? `extend type Query { generation${generation}: Int }` : ''
    return { name, url: urls[name], typeDefs: parse(`${typeDefs}\n${mark}`) }
  })
  const { supergraphSdl, errors } = composeServices(services)
  if (supergraphSdl === undefined) throw new Error(errors.map(String).join('; '))
  return supergraphSdl
}

/** Id of the product at a place of a page. */
export function productIdAt(from: number, index: number): string {
  return String((from + index) % productCount)
}
