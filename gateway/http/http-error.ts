import type { FastifyReply } from 'fastify'
import { HubError } from '../../schema/index.js'

/** Answers with a coded, GraphQL-shaped body and the status the code stands for. */
export function sendHubError(error: HubError, reply: FastifyReply, status = error.httpStatus) {
  // A bearer token is what would help (RFC 6750, section 3).
  if (status === 401) {
    const reason = error.code === 'TOKEN_INVALID' ? ' error="invalid_token"' : ''
    reply.header('www-authenticate', `Bearer${reason}`)
  }
  return reply.code(status).send({
    errors: [
      { message: error.message, extensions: { code: error.code, retryable: error.retryable } },
    ],
  })
}

/** Errors outside GraphQL (body too large, broken JSON): a status and a coded GraphQL-shaped body. */
export function sendHttpError(error: unknown, reply: FastifyReply): unknown {
  if (error instanceof HubError) return sendHubError(error, reply)
  const status =
    error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
      ? error.statusCode
      : 500
  if (status >= 500) return sendHubError(new HubError('INTERNAL_SERVER_ERROR'), reply, status)
  const message = error instanceof Error ? error.message : 'the request cannot be read'
  const code = status === 413 ? 'QUERY_TOO_LARGE' : 'BAD_USER_INPUT'
  return sendHubError(new HubError(code, { message }), reply, status)
}
