/** Faults of a document or its variables: the HTTP request itself was well formed. */
const documentFaults: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
])

/**
 * The HTTP status of a GraphQL answer. A client that accepts only `application/json` cannot tell an answer of the server from
 * one of a proxy by its status, so a well-formed request gets 200, whatever its document is; Apollo Server says 400.
 *
 * @see GraphQL over HTTP, "application/json": "The server SHOULD use the 200 status code for every response to a well-formed
 * GraphQL-over-HTTP request, independent of any GraphQL request error or GraphQL field error raised."
 */
export function toGraphQLStatus(status: number, contentType: unknown, body: unknown): number {
  if (status !== 400 || typeof body !== 'string' || typeof contentType !== 'string') return status
  return contentType.startsWith('application/json') && isDocumentFault(body) ? 200 : status
}

function isDocumentFault(body: string): boolean {
  try {
    const { errors } = JSON.parse(body) as {
      readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[]
    }
    return (
      errors !== undefined &&
      errors.length > 0 &&
      errors.every(({ extensions }) => documentFaults.has(extensions?.code))
    )
  } catch {
    return false
  }
}
