import { GraphQLError, type GraphQLFormattedError, parse, specifiedRules, validate } from 'graphql'
import { LRUCache } from 'lru-cache'
import { formatGraphQLError, type MemberOutcome } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphClient } from '../engine/subgraph-client.js'
import { readFanOutContract } from './fan-out-contract.js'

/** A GraphQL request as a router sends it, its shape checked. */
export interface CatalogueRequestBody {
  readonly query: string
  readonly operationName?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>>
}

export interface CatalogueResponse {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly GraphQLFormattedError[]
  readonly extensions: { readonly hub: { readonly members: readonly MemberOutcome[] } }
}

/** Answers one request as the federated subgraph `catalogue`. Never rejects: failures are GraphQL errors with a code. */
export type CatalogueEndpoint = (
  body: CatalogueRequestBody,
  context: RequestContext,
) => Promise<CatalogueResponse>

const documentsKept = 2_000
const maximumTokens = 50_000

/** The fan-out as an ordinary subgraph: validates what any router sends, then hands it on. */
export function createCatalogueEndpoint(
  fanOutClient: SubgraphClient,
  catalogueSdl: string,
): CatalogueEndpoint {
  const { schema } = readFanOutContract(catalogueSdl)
  const checked = new LRUCache<string, readonly GraphQLFormattedError[]>({ max: documentsKept })

  function check(query: string): readonly GraphQLFormattedError[] {
    const known = checked.get(query)
    if (known !== undefined) return known
    const faults = findFaults(query)
    checked.set(query, faults)
    return faults
  }

  function findFaults(query: string): readonly GraphQLFormattedError[] {
    try {
      const document = parse(query, { maxTokens: maximumTokens })
      const faults = validate(schema, document, specifiedRules, { maxErrors: 20 })
      return faults.map((fault) => withCode(fault, 'GRAPHQL_VALIDATION_FAILED'))
    } catch (error) {
      if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')]
      throw error
    }
  }

  async function answer(
    body: CatalogueRequestBody,
    context: RequestContext,
  ): Promise<Omit<CatalogueResponse, 'extensions'>> {
    const faults = check(body.query)
    if (faults.length > 0) return { errors: faults }
    return fanOutClient.execute(
      {
        query: body.query,
        operationName: body.operationName,
        operationType: 'query',
        variables: body.variables ?? {},
        representations: {},
      },
      context,
    )
  }

  return async (body, context) => {
    const extensions = () => ({ hub: { members: context.outcomes.list() } })
    try {
      return { ...(await answer(body, context)), extensions: extensions() }
    } catch (error) {
      const message = error instanceof Error ? error.message : ''
      const errors = [formatGraphQLError({ message }, error)]
      return { data: null, errors, extensions: extensions() }
    }
  }
}

function withCode(error: GraphQLError, code: string): GraphQLFormattedError {
  return { ...error.toJSON(), extensions: { code } }
}
