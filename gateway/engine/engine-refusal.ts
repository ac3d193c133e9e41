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

/** The same error of variable coercion with its code and status. */
export function toBadInput(error: GraphQLError): GraphQLError {
  const { nodes, message } = error
  const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } }
  return new GraphQLError(message, { extensions, ...(nodes !== undefined && { nodes }) })
}
