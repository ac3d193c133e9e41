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
  return new RequestFailures(toClientPath)
}

/** A class: every execution has one, and ten closures for a list that mostly stays empty are not free. */
class RequestFailures implements FailureLog {
  readonly #toClientPath: (path: ResponsePath) => ResponsePath
  readonly #errors: GraphQLError[] = []
  readonly #bugs: unknown[] = []
  #seen: Set<string> | undefined
  readonly #positions = createErrorPositions()

  constructor(toClientPath: (path: ResponsePath) => ResponsePath) {
    this.#toClientPath = toClientPath
  }

  addSubgraphError(subgraph: string, error: GraphQLFormattedError, path: ResponsePath): void {
    const clientPath = this.#toClientPath(path)
    this.#positions.add(clientPath)
    const code = error.extensions?.code
    const member = error.extensions?.member
    const extensions = {
      code: typeof code === 'string' ? code : 'SUBGRAPH_ERROR',
      subgraph,
      ...(typeof member === 'string' && { member }),
    }
    this.#add(
      toGraphQLError(maskAddresses(String(error.message)), clientPath, { extensions }),
      subgraph,
    )
  }

  addFetchFailure(subgraph: string, failure: unknown, path: ResponsePath): void {
    const clientPath = this.#toClientPath(path)
    if (!(failure instanceof HubError)) this.#bugs.push(failure)
    const hubError = toHubError(failure, subgraph)
    const extensions = { code: hubError.code, subgraph }
    const options = { extensions, originalError: hubError }
    this.#add(toGraphQLError(hubError.message, clientPath, options), subgraph)
  }

  addViolation(message: string, path: ResponsePath): void {
    this.#positions.add(path)
    const originalError = new HubError('SUBGRAPH_ANSWER_INVALID', { message })
    const extensions = { code: originalError.code }
    this.#add(toGraphQLError(message, [...path], { extensions, originalError }), undefined)
  }

  addDenial(code: ErrorCode, path: ResponsePath): void {
    this.#positions.add(path)
    const originalError = new HubError(code)
    const options = { extensions: { code }, originalError }
    this.#add(toGraphQLError(originalError.message, [...path], options), undefined)
  }

  cover(path: ResponsePath): void {
    this.#positions.add(this.#toClientPath(path))
  }

  explains(path: ResponsePath): boolean {
    return this.#positions.explains(path)
  }

  list(): readonly GraphQLError[] {
    return this.#errors
  }

  isEmpty(): boolean {
    return this.#errors.length === 0
  }

  bugs(): readonly unknown[] {
    return this.#bugs
  }

  #add(error: GraphQLError, subgraph: string | undefined): void {
    // Two of the planner's own aliases for one field fail twice, at one place in the client's eyes.
    const identity = JSON.stringify([subgraph, error.path, error.message])
    this.#seen ??= new Set()
    if (this.#seen.has(identity) || this.#errors.length >= maximumErrors) return
    this.#seen.add(identity)
    this.#errors.push(error)
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
