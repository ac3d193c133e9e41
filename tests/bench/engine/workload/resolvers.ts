import type { GraphQLResolverMap } from '@apollo/subgraph'
import { type Product, products, type Review, reviews, type User, users } from './records.js'

type AsOf = { readonly asOf?: number | null }

const usersById = new Map(users.map((user) => [user.id, user]))
const productsByUpc = new Map(products.map((product) => [product.upc, product]))
const reviewsByAuthor = Map.groupBy(reviews, ({ authorId }) => authorId)
const reviewsByUpc = Map.groupBy(reviews, ({ upc }) => upc)

/** A text as it was: answers of different `asOf` differ, so that an answer handed to the wrong request shows. */
const stamp = (text: string, { asOf }: AsOf): string => `${text} #${asOf ?? 0}`
const findUser = ({ id }: { id: string }): User | undefined => usersById.get(id)
const findProduct = ({ upc }: { upc: string }): Product | undefined => productsByUpc.get(upc)

/** What each subgraph resolves, by its name. References keep what the gateway sent along (`@requires`). */
export const resolversBySubgraph: Readonly<Record<string, GraphQLResolverMap<unknown>>> = {
  users: {
    Query: { users: () => users },
    User: {
      __resolveReference: findUser,
      name: ({ name }: User, args: AsOf) => stamp(name, args),
    },
  },
  products: {
    Query: {
      topProducts: (_root: unknown, { first }: { first: number }) => products.slice(0, first),
    },
    Product: {
      __resolveReference: findProduct,
      name: ({ name }: Product, args: AsOf) => stamp(name, args),
    },
  },
  reviews: {
    Review: {
      __resolveReference: ({ id }: { id: string }) => reviews.find((review) => review.id === id),
      body: ({ body }: Review, args: AsOf) => stamp(body, args),
      author: ({ authorId }: Review) => usersById.get(authorId),
      product: ({ upc }: Review) => productsByUpc.get(upc),
    },
    User: {
      __resolveReference: findUser,
      reviews: ({ id }: User) => reviewsByAuthor.get(id) ?? [],
    },
    Product: {
      __resolveReference: findProduct,
      reviews: ({ upc }: Product) => reviewsByUpc.get(upc) ?? [],
    },
  },
  inventory: {
    Product: {
      // Not looked up: price and weight have to come with the representation, or the estimate is null.
      __resolveReference: (representation: object) => representation,
      inStock: ({ upc }: Product, { asOf }: AsOf) => (Number(upc.slice(1)) + (asOf ?? 0)) % 3 !== 0,
      shippingEstimate: ({ price, weight }: Partial<Product>) => {
        if (price === undefined || weight === undefined) return null
        return price > 1_000 ? 0 : Math.round(weight / 2)
      },
    },
  },
}
