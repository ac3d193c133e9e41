/** One thing to measure: what the clients send, in turn. */
export interface Workload {
  readonly name: 'heavy' | 'varied' | 'small'
  /** Request bodies; each request takes the next one. */
  readonly bodies: readonly string[]
}

const heavyQuery = `fragment User on User { id username name(asOf: $asOf) }
fragment Review on Review { id body(asOf: $asOf) }
fragment Product on Product { inStock(asOf: $asOf) name(asOf: $asOf) price shippingEstimate upc weight }
query Heavy($asOf: Int) {
  users(asOf: $asOf) {
    ...User
    reviews(asOf: $asOf) {
      ...Review
      product {
        ...Product
        reviews(asOf: $asOf) {
          ...Review
          author { ...User reviews(asOf: $asOf) { ...Review product { ...Product } } }
        }
      }
    }
  }
  topProducts(asOf: $asOf) {
    ...Product
    reviews(asOf: $asOf) {
      ...Review
      author { ...User reviews(asOf: $asOf) { ...Review product { ...Product } } }
    }
  }
}`

const smallQuery = 'query Small { topProducts(first: 3) { upc name price inStock } }'

/** More than twice the connections: two requests under way at the same time never carry the same value. */
const variations = 128

/** All three workloads. `asOf` always has three digits, so that the answers are equally long. */
export const workloads: readonly Workload[] = [
  { name: 'heavy', bodies: [toBody(heavyQuery, { asOf: 100 })] },
  {
    name: 'varied',
    bodies: Array.from({ length: variations }, (_, index) =>
      toBody(heavyQuery, { asOf: 200 + index }),
    ),
  },
  { name: 'small', bodies: [toBody(smallQuery)] },
]

function toBody(query: string, variables?: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ query, variables })
}
