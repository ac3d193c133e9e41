import { GraphQLError } from 'graphql'
import { HubError } from '../../schema/index.js'

/** The error of an operation that was not executed. Anything that is no refusal is a bug and stays masked. */
export function toRefusal(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error
  const originalError =
    error instanceof HubError ? error : new HubError('INTERNAL_SERVER_ERROR', { cause: error })
  const { code, httpStatus } = originalError
  // `extensions.http` is how Apollo Server learns the status; it does not reach the client.
  const extensions = { code, http: { status: httpStatus } }
  return new GraphQLError(originalError.message, { originalError, extensions })
}
