import type { GraphQLFormattedError } from 'graphql'
import type { AnswerFreshness } from '../cache/domain/cache-control.js'
import type { RequestContext } from './request-context.js'

/** One fetch of a query plan, ready to send. */
export interface SubgraphRequest {
  /** The operation's text. The same text means the same object over the life of a plan, so it can key caches. */
  readonly query: string
  readonly operationName: string | undefined
  readonly operationType: 'query' | 'mutation'
  /** Variables except the representations. */
  readonly variables: Readonly<Record<string, unknown>>
  /** Entity representations by variable name (usually `representations`), each already printed as JSON. */
  readonly representations: Readonly<Record<string, readonly string[]>>
}

/** A GraphQL response as a subgraph gives it. `data` is fresh, so that the caller may change it, unless it is shared. */
export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null
  /** Others hold `data`, too: it is copied before it is changed. */
  readonly isShared?: boolean
  /** Shared, and likely to come again: the very same object, as long as the answer is the same. */
  readonly isRemembered?: boolean
  readonly errors?: readonly GraphQLFormattedError[]
  /** How long the subgraph's headers let it be kept; absent when they say nothing. */
  readonly freshness?: AnswerFreshness
}

/** One subgraph of the supergraph, as the engine sees it. */
export interface SubgraphClient {
  /**
   * @throws HubError `SUBGRAPH_UNREACHABLE`, `SUBGRAPH_TIMEOUT`, `SUBGRAPH_ANSWER_INVALID`,
   * `SUBGRAPH_ANSWER_TOO_LARGE`, `REQUEST_ABORTED` or `MEMBERS_UNAVAILABLE`. GraphQL errors are returned, not thrown.
   */
  execute(request: SubgraphRequest, context: RequestContext): Promise<SubgraphAnswer>
}
