import {
  GraphQLError,
  type GraphQLFormattedError,
  getVariableValues,
  specifiedRules,
  validate,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { formatGraphQLError, type MemberOutcome } from '../../schema/index.js'
import type { OperationGuardOpener } from '../engine/operation-guard.js'
import { type OperationShape, parseOperationShape } from '../engine/operation-shape.js'
import { defaultOperationLimits } from '../engine/operation-size.js'
import { parseWithinLimits } from '../engine/parse-within-limits.js'
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

/**
 * Answers one request as the federated subgraph `catalogue`. Failures are GraphQL errors with a code.
 *
 * Rejects with a HubError only for what the limits refuse, before anybody is asked: `QUERY_TOO_LARGE`, `COST_EXCEEDED`,
 * `RATE_LIMITED`.
 */
export type CatalogueEndpoint = (
  body: CatalogueRequestBody,
  context: RequestContext,
) => Promise<CatalogueResponse>

export interface CatalogueEndpointOptions {
  readonly fanOutClient: SubgraphClient
  readonly catalogueSdl: string
  /** Makes what decides by cost and budget; absent: sizes alone decide. */
  readonly openGuard?: OperationGuardOpener
}

/** A document that was looked at: its faults, or the operation to run. */
type Checked = { readonly faults: readonly GraphQLFormattedError[] } | OperationShape

const documentsKept = 2_000

/** The fan-out as an ordinary subgraph: validates what any router sends, then hands it on. */
export function createCatalogueEndpoint(options: CatalogueEndpointOptions): CatalogueEndpoint {
  const { fanOutClient, catalogueSdl } = options
  const { schema } = readFanOutContract(catalogueSdl)
  const guard = options.openGuard?.({ apiSchema: schema, supergraphSdl: catalogueSdl })
  const checked = new LRUCache<string, Checked>({ max: documentsKept })

  function check({ query, operationName }: CatalogueRequestBody): Checked {
    const key = `${operationName ?? ''}\n${query}`
    const known = checked.get(key)
    if (known !== undefined) return known
    const result = checkAnew(query, operationName)
    checked.set(key, result)
    return result
  }

  function checkAnew(query: string, operationName: string | undefined): Checked {
    try {
      // Sizes first: what validation costs can grow with the square of the text.
      const document = parseWithinLimits(query, defaultOperationLimits)
      const faults = validate(schema, document, specifiedRules, { maxErrors: 20 })
      if (faults.length > 0) {
        return { faults: faults.map((fault) => withCode(fault, 'GRAPHQL_VALIDATION_FAILED')) }
      }
      return parseOperationShape(document, operationName, defaultOperationLimits)
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      return { faults: [withCode(error, 'GRAPHQL_PARSE_FAILED')] }
    }
  }

  async function execute(
    body: CatalogueRequestBody,
    context: RequestContext,
  ): Promise<Omit<CatalogueResponse, 'extensions'>> {
    try {
      return await fanOutClient.execute(
        {
          query: body.query,
          operationName: body.operationName,
          operationType: 'query',
          variables: body.variables ?? {},
          representations: {},
        },
        context,
      )
    } catch (error) {
      const message = error instanceof Error ? error.message : ''
      return { data: null, errors: [formatGraphQLError({ message }, error)] }
    }
  }

  return async (body, context) => {
    const extensions = () => ({ hub: { members: context.outcomes.list() } })
    const operation = check(body)
    if ('faults' in operation) return { errors: operation.faults, extensions: extensions() }
    const definitions = operation.operation.variableDefinitions ?? []
    const { coerced, errors } = getVariableValues(schema, definitions, body.variables ?? {})
    if (coerced === undefined) {
      const faults = errors.map((fault) => withCode(fault, 'BAD_USER_INPUT'))
      return { errors: faults, extensions: extensions() }
    }
    await guard?.(operation, coerced, context)
    return { ...(await execute(body, context)), extensions: extensions() }
  }
}

function withCode(error: GraphQLError, code: string): GraphQLFormattedError {
  return { ...error.toJSON(), extensions: { code } }
}
