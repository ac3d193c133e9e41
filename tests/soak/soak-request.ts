import {
  inStockOf,
  nameOf,
  productIdAt,
  reviewsOf,
  type SubgraphName,
  storyOf,
} from './soak-graph.js'

/** One page to ask for. */
export interface SoakRequest {
  readonly body: string
  /** Subgraphs it needs besides `products`. */
  readonly needs: readonly SubgraphName[]
  readonly first: number
  readonly from: number
  readonly hasStories: boolean
}

/** How a subgraph was while the request ran: answering, gone, or just back with the gateway still careful. */
export type SubgraphState = 'up' | 'recovering' | 'away'

/** Different texts of each query, so that plans come and go. */
const variants = 40

/** @param random - 0 inclusive to 1 exclusive. */
export function createSoakRequest(random: () => number, hasStories = false): SoakRequest {
  const below = (count: number) => Math.floor(random() * count)
  const needs: SubgraphName[] = []
  if (!hasStories && random() < 0.5) needs.push('reviews')
  if (!hasStories && random() < 0.5) needs.push('stock')
  const first = hasStories ? 100 : 1 + below(10)
  const from = below(200)
  const fields = [
    'id name',
    hasStories ? 'story' : '',
    needs.includes('reviews') ? 'reviews { stars text }' : '',
    needs.includes('stock') ? 'inStock' : '',
  ]
  const query = `query Page${below(variants)}($first: Int!, $from: Int!) { products(first: $first, from: $from) { ${fields.join(' ')} } }`
  const body = JSON.stringify({ query, variables: { first, from } })
  return { body, needs, first, from, hasStories }
}

interface Answer {
  readonly data?: { readonly products?: readonly Readonly<Record<string, unknown>>[] } | null
  readonly errors?: readonly {
    readonly message: string
    readonly extensions?: { readonly code?: string; readonly subgraph?: string }
  }[]
}

/** What a subgraph that is away may be reported as. */
const awayCodes: ReadonlySet<string | undefined> = new Set([
  'SUBGRAPH_UNREACHABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_CIRCUIT_OPEN',
  'DEADLINE_EXCEEDED',
])

/**
 * Says what is wrong with an answer; undefined when nothing is. Whatever a subgraph that was up answers must be there and
 * right; what needs another must be right or null, and a null needs an error that names that subgraph.
 */
export function checkSoakAnswer(
  request: SoakRequest,
  text: string,
  stateOf: (name: SubgraphName) => SubgraphState,
): string | undefined {
  let answer: Answer
  try {
    answer = JSON.parse(text) as Answer
  } catch {
    return `no JSON: ${text.slice(0, 200)}`
  }
  const { data, errors = [] } = answer
  const named = new Set<string | undefined>()
  for (const { message, extensions } of errors) {
    const subgraph = extensions?.subgraph
    named.add(subgraph)
    const name = request.needs.find((need) => need === subgraph)
    const state = name === undefined ? 'up' : stateOf(name)
    const isFair =
      state === 'away'
        ? awayCodes.has(extensions?.code)
        : state === 'recovering' && extensions?.code === 'SUBGRAPH_CIRCUIT_OPEN'
    if (!isFair)
      return `an error of ${subgraph}, which was ${state}: ${extensions?.code} ${message}`
  }
  const products = data?.products
  if (products?.length !== request.first)
    return `not ${request.first} products: ${text.slice(0, 200)}`
  for (const [index, product] of products.entries()) {
    const id = productIdAt(request.from, index)
    const expected: Record<string, unknown> = { id, name: nameOf(id) }
    if (request.hasStories) expected.story = storyOf(id)
    for (const name of request.needs) {
      const [key, value] =
        name === 'reviews' ? ['reviews', reviewsOf(id)] : ['inStock', inStockOf(id)]
      expected[key] = product[key] === null && named.has(name) ? null : value
    }
    if (JSON.stringify(product) !== JSON.stringify(expected)) {
      return `product ${id} is ${JSON.stringify(product).slice(0, 200)}`
    }
  }
  return undefined
}
