import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { errorCodes } from './error-codes.js'
import { HubError } from './hub-error.js'

/**
 * What a client may see of an error, the same in the gateway and in every subgraph:
 * a `HubError` with its code, the GraphQL library's own complaints about a document, and nothing of anything else.
 */
export function formatGraphQLError(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error
  const where = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  }
  if (original instanceof HubError) {
    const { code, retryable, details } = original
    return { message: original.message, ...where, extensions: { code, retryable, ...details } }
  }
  // Errors of parsing, validation and variable coercion speak of the client's own document: no masking needed.
  const code = formatted.extensions?.code
  if (
    original instanceof GraphQLError &&
    typeof code === 'string' &&
    code !== 'INTERNAL_SERVER_ERROR'
  ) {
    const { subgraph, member } = formatted.extensions ?? {}
    const origin = {
      ...(typeof subgraph === 'string' && { subgraph }),
      ...(typeof member === 'string' && { member }),
    }
    return { message: formatted.message, ...where, extensions: { code, ...origin } }
  }
  return {
    message: errorCodes.INTERNAL_SERVER_ERROR.clientText,
    ...where,
    extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: false },
  }
}
