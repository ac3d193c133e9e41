const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@provides", "@shareable"])'

/**
 * The four subgraphs, by name: the shape of graphql-hive/graphql-gateways-benchmark. Every subgraph has a field that
 * takes `asOf`, so that a request with another `asOf` has no fetch in common with any other.
 */
export const subgraphSdl: Readonly<Record<string, string>> = {
  users: `${link}
type Query {
  users(asOf: Int): [User!]!
}

type User @key(fields: "id") {
  id: ID!
  username: String @shareable
  name(asOf: Int): String
}
`,
  products: `${link}
type Query {
  topProducts(first: Int = 5, asOf: Int): [Product!]!
}

type Product @key(fields: "upc") {
  upc: ID!
  name(asOf: Int): String
  price: Int
  weight: Int
}
`,
  reviews: `${link}
type Review @key(fields: "id") {
  id: ID!
  body(asOf: Int): String
  author: User! @provides(fields: "username")
  product: Product!
}

type User @key(fields: "id") {
  id: ID!
  username: String @external
  reviews(asOf: Int): [Review!]!
}

type Product @key(fields: "upc") {
  upc: ID!
  reviews(asOf: Int): [Review!]!
}
`,
  inventory: `${link}
type Product @key(fields: "upc") {
  upc: ID!
  price: Int @external
  weight: Int @external
  inStock(asOf: Int): Boolean
  shippingEstimate: Int @requires(fields: "price weight")
}
`,
}
