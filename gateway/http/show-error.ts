import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { errorCodes, formatGraphQLError, HubError } from '../../schema/index.js'

export interface ErrorDisplay {
  /** Whether errors may suggest names of the schema. */
  readonly hasSuggestions: boolean
  /** Whether clients see a subgraph's own words about its failures. */
  readonly areSubgraphErrorsShown: boolean
}

type ErrorFormatter = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError

/** What clients see of errors: codes always, and of words only those the hub can answer for. */
export function createErrorFormatter(display: ErrorDisplay): ErrorFormatter {
  return (formatted, error) => {
    const shown = formatGraphQLError(formatted, error)
    const masked = display.areSubgraphErrorsShown ? shown : maskSubgraphError(shown, error)
    if (display.hasSuggestions) return masked
    // Apollo Server hides suggestions of validation; those about values of variables are the engine's.
    return { ...masked, message: masked.message.replace(/ Did you mean .+\?/g, '') }
  }
}

/** A failure in a subgraph's own words: they may hold anything, from SQL to a script. Codes of our table have a text of ours. */
function maskSubgraphError(shown: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error
  const { code, subgraph } = shown.extensions ?? {}
  if (typeof subgraph !== 'string' || original instanceof HubError) return shown
  const isOurs = typeof code === 'string' && Object.hasOwn(errorCodes, code)
  if (isOurs && code !== 'SUBGRAPH_ERROR') return shown
  // A code of the subgraph's own tells clients what to do; what only looks like one does not pass either.
  const isCode = typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code)
  return {
    ...shown,
    message: errorCodes.SUBGRAPH_ERROR.clientText,
    extensions: { ...shown.extensions, code: isCode ? code : 'SUBGRAPH_ERROR' },
  }
}
