import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { type ErrorCode, HubError } from '../../schema/index.js'
import { createErrorPositions, type ResponsePath } from './error-positions.js'
import { maskAddresses } from './mask-addresses.js'

/** Collects what went wrong during one execution and turns it into errors for the client, one per failure. */
export interface FailureLog {
  /**
   * An error a subgraph put into its answer.
   *
   * @param path - Where the client would see it; cut to what the client asked for.
   */
  addSubgraphError(subgraph: string, error: GraphQLFormattedError, path: ResponsePath): void
  /** A fetch that gave nothing usable: one error, however many positions lack their data because of it. */
  addFetchFailure(subgraph: string, failure: unknown, path: ResponsePath): void
  /** Data that breaks the API schema, found while completing the answer. */
  addViolation(message: string, path: ResponsePath): void
  /** Something the caller may not read; a null is there instead. */
  addDenial(code: ErrorCode, path: ResponsePath): void
  /** Notes that nulls at and below this position are explained by an error already added. */
  cover(path: ResponsePath): void
  /** Whether a null at this position is explained. */
  explains(path: ResponsePath): boolean
  list(): readonly GraphQLError[]
  isEmpty(): boolean
  /** Failures of fetches that no client reports on purpose: to be logged. */
  bugs(): readonly unknown[]
}

/** Most errors in one answer: a failing subgraph behind a long list must not make the answer many times larger. */
const maximumErrors = 1_000

/** @param toClientPath - Turns keys of the collected data into the client's, and cuts the path where the client's selection ends. */
export function createFailureLog(toClientPath: (path: ResponsePath) => ResponsePath): FailureLog {
  const errors: GraphQLError[] = []
  const bugs: unknown[] = []
  const seen = new Set<string>()
  const positions = createErrorPositions()

  function add(error: GraphQLError, subgraph: string | undefined): void {
    // Two of the planner's own aliases for one field fail twice, at one place in the client's eyes.
    const identity = JSON.stringify([subgraph, error.path, error.message])
    if (seen.has(identity) || errors.length >= maximumErrors) return
    seen.add(identity)
    errors.push(error)
  }

  return {
    addSubgraphError(subgraph, error, path) {
      const clientPath = toClientPath(path)
      positions.add(clientPath)
      const code = error.extensions?.code
      const member = error.extensions?.member
      const extensions = {
        code: typeof code === 'string' ? code : 'SUBGRAPH_ERROR',
        subgraph,
        ...(typeof member === 'string' && { member }),
      }
      add(
        toGraphQLError(maskAddresses(String(error.message)), clientPath, { extensions }),
        subgraph,
      )
    },
    addFetchFailure(subgraph, failure, path) {
      const clientPath = toClientPath(path)
      if (!(failure instanceof HubError)) bugs.push(failure)
      const hubError = toHubError(failure, subgraph)
      const extensions = { code: hubError.code, subgraph }
      const options = { extensions, originalError: hubError }
      add(toGraphQLError(hubError.message, clientPath, options), subgraph)
    },
    addViolation(message, path) {
      positions.add(path)
      const originalError = new HubError('SUBGRAPH_ANSWER_INVALID', { message })
      const extensions = { code: originalError.code }
      add(toGraphQLError(message, [...path], { extensions, originalError }), undefined)
    },
    addDenial(code, path) {
      positions.add(path)
      const originalError = new HubError(code)
      const options = { extensions: { code }, originalError }
      add(toGraphQLError(originalError.message, [...path], options), undefined)
    },
    cover: (path) => positions.add(toClientPath(path)),
    explains: (path) => positions.explains(path),
    list: () => errors,
    isEmpty: () => errors.length === 0,
    bugs: () => bugs,
  }
}

function toGraphQLError(
  message: string,
  path: ResponsePath,
  options: { extensions: Record<string, unknown>; originalError?: Error },
): GraphQLError {
  return new GraphQLError(message, { ...options, ...(path.length > 0 && { path: [...path] }) })
}

/** Every failure of a fetch names its subgraph; what is no `HubError` is a bug and stays masked. */
function toHubError(failure: unknown, subgraph: string): HubError {
  if (!(failure instanceof HubError)) {
    return new HubError('INTERNAL_SERVER_ERROR', { subgraph, cause: failure })
  }
  const message = maskAddresses(failure.message)
  return new HubError(failure.code, { ...failure.details, subgraph, message, cause: failure })
}
