import type { RandomGraph } from '../random-graph.js'

/** Several keys, compound and nested ones, required fields with arguments, provided and shared fields, an override, a mutation. */
export const shopGraph: RandomGraph = {
  name: 'shop',
  subgraphs: {
    products: `
      type Query {
        product(id: ID!): Product
        products(first: Int = 3, filter: ProductFilter): [Product!]!
        grid(size: Int): [[Product]]
        search(text: String!, kinds: [Kind!] = [BOOK]): [SearchResult]
        version: String! @shareable
        top: Review @provides(fields: "author { name }")
      }
      type Mutation {
        rename(id: ID!, name: String): Product
        restock(input: StockInput!): [Product]
      }
      enum Kind { BOOK FILM SONG }
      input StockInput { ids: [ID!]! amount: Int = 1 note: String }
      input ProductFilter { kinds: [Kind!] price: PriceRange text: String = "any" isNew: Boolean }
      input PriceRange { from: Float = 0 to: Float }
      union SearchResult = Product | Author | Page
      interface Named { name: String }
      type Page implements Named { name: String url: String! related: [SearchResult!] }
      type Product implements Named @key(fields: "id") @key(fields: "sku") @key(fields: "code { region number }") {
        id: ID!
        sku: String!
        code: Code! @shareable
        name: String
        kind: Kind
        price(currency: Currency = EUR): Float
        size: Size! @shareable
        tags: [String!]!
        matrix: [[Int!]]
        maker: Maker!
        similar(first: Int = 2): [Product]
      }
      enum Currency { EUR DKK PLN }
      type Code @shareable { region: String! number: Int! }
      type Size @shareable { width: Float! height: Float! }
      type Maker @key(fields: "id") { id: ID! country: String! products: [Product!] }
      type Review @key(fields: "id") { id: ID! author: Author @shareable }
      type Author implements Named @key(fields: "id") { id: ID! name: String @external }
    `,
    reviews: `
      type Query { reviews(order: [Order!]): [Review!] version: String! @shareable recent: [[[Review]!]] }
      input Order { by: OrderField! isDescending: Boolean! = false }
      enum OrderField { STARS DATE }
      type Review @key(fields: "id") {
        id: ID!
        stars: Int!
        text(length: Int): String
        product: Product!
        author: Author @shareable
        replies: [Reply!]
      }
      type Reply { text: String! author: Author! review: Review }
      type Product @key(fields: "id") @key(fields: "sku") {
        id: ID!
        sku: String!
        reviews(first: Int = 2, minimumStars: Int): [Review!]
        rating: Float
        size: Size! @shareable
      }
      type Size @shareable { width: Float! height: Float! }
      type Author @key(fields: "id") { id: ID! reviews: [Review] nick: String @override(from: "people") }
    `,
    people: `
      type Query { author(id: ID!): Author authors: [Author] me: Author! }
      interface Named { name: String }
      interface Person implements Named { name: String email: String }
      type Author implements Named & Person @key(fields: "id") {
        id: ID!
        name: String
        email: String
        nick: String
        home: Address @shareable
        friends(first: Int): [Author!]!
        favourites: [Favourite!]
      }
      type Critic implements Named & Person { name: String email: String score: Int! @inaccessible paper: String }
      type Address @shareable { city: String! lines: [String] country: String }
      union Favourite = Author | Critic | Maker
      type Maker @key(fields: "id") { id: ID! owner: Person address: Address @shareable }
    `,
    stock: `
      type Query { warehouses: [Warehouse!]! version: String! @shareable }
      type Warehouse @key(fields: "id") { id: ID! code: String items: [StockItem!]! }
      type StockItem @key(fields: "warehouse { id } position") {
        product: Product!
        warehouse: Warehouse!
        position: Int!
        amount(unit: Unit = PIECE): Int!
        history: [[Int]!]!
      }
      enum Unit { PIECE BOX }
      type Address @shareable { city: String! zone: Int }
      type Author @key(fields: "id") { id: ID! home: Address @shareable }
      type Maker @key(fields: "id") { id: ID! address: Address @shareable }
      type Product @key(fields: "id") @key(fields: "code { region number }") {
        id: ID!
        code: Code! @shareable
        inStock: Boolean
        stock: StockItem
      }
      type Code @shareable { region: String! number: Int! }
    `,
    pricing: `
      type Product @key(fields: "id") {
        id: ID!
        size: Size! @external
        rating: Float @external
        price(currency: Currency): Float @external
        maker: Maker! @external
        shelf: String @requires(fields: "size { width height }")
        bargain(limit: Float! = 5): Boolean @requires(fields: "price(currency: DKK)")
        origin: String! @requires(fields: "maker { country }")
        mark: Int @requires(fields: "rating")
      }
      enum Currency { EUR DKK PLN }
      type Size @shareable { width: Float! height: Float! }
      type Maker @key(fields: "id") { id: ID! country: String! @external }
    `,
    audit: `
      type StockItem @key(fields: "warehouse { id } position") {
        warehouse: Warehouse!
        position: Int!
        checkedBy: String
        amount(unit: Unit): Int! @external
        value: Float! @requires(fields: "amount(unit: BOX)")
      }
      enum Unit { PIECE BOX }
      type Warehouse @key(fields: "id") { id: ID! }
    `,
  },
}
