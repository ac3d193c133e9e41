import type { GraphQLFormattedError } from 'graphql'
import type { HubError } from '../../schema/index.js'

/** A failure of one root field as a GraphQL error. */
export function toFieldError(error: HubError, key: string): GraphQLFormattedError {
  const { code, retryable, details, message } = error
  return { message, path: [key], extensions: { code, retryable, ...details } }
}
