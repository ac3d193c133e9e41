import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, parse } from 'graphql'
import { HubError } from '../../schema/index.js'
import { refuseManyMergePairs } from './merge-pairs.js'
import { measureOperation, type OperationLimits } from './operation-size.js'

/**
 * Parses a document and measures each of its operations and fragments. For use before validation, whose cost can grow with
 * the square of the text.
 *
 * @throws HubError `QUERY_TOO_LARGE` naming limit and value, or GraphQLError for a text that is no GraphQL.
 */
export function parseWithinLimits(query: string, limits: OperationLimits): DocumentNode {
  const document = parseTokens(query, limits.maximumTokens)
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition)
    }
  }
  let spreadable = 0
  for (const definition of document.definitions) {
    const isFragment = definition.kind === Kind.FRAGMENT_DEFINITION
    if (!isFragment && definition.kind !== Kind.OPERATION_DEFINITION) continue
    // A fragment's root fields need not be the operation's.
    const own = isFragment ? { ...limits, maximumRootFields: Number.POSITIVE_INFINITY } : limits
    spreadable += measureOperation(definition.selectionSet, fragments, own).selections
    refuseSum(spreadable, limits)
    refuseManyMergePairs(definition.selectionSet, fragments, limits.maximumMergePairs)
  }
  return document
}

/** Many operations and fragments, each within the limits, are too large together. */
function refuseSum(value: number, { maximumSelections }: OperationLimits): void {
  const limit = maximumSelections * 5
  if (value <= limit) return
  const message = `the document has ${value} selections with fragments written out, the limit is ${limit}`
  throw new HubError('QUERY_TOO_LARGE', { message, limit, value })
}

function parseTokens(query: string, limit: number): DocumentNode {
  try {
    return parse(query, { noLocation: true, maxTokens: limit })
  } catch (error) {
    if (!(error instanceof GraphQLError) || !error.message.includes('tokens. Parsing aborted')) {
      throw error
    }
    const message = `the document has more tokens than the limit of ${limit}`
    throw new HubError('QUERY_TOO_LARGE', { message, limit, cause: error })
  }
}
