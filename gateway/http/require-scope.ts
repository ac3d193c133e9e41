import type { FastifyRequest } from 'fastify'
import { HubError, type Principal } from '../../schema/index.js'
import type { AuditNote } from '../audit/audit-entry.js'

/**
 * Lets a request pass whose access token has a scope.
 *
 * @throws HubError `UNAUTHENTICATED`, `FORBIDDEN`, or what reading the token throws.
 */
export type RequireScope = (request: FastifyRequest, scope: string) => Promise<void>

/** Who shows this `Authorization` header. */
type Identify = (authorization: string) => Principal | Promise<Principal>

/**
 * @param identify - Undefined in a gateway that takes no tokens: then nobody passes.
 * @param record - Told of everybody who tries.
 */
export function createScopeCheck(
  identify: Identify | undefined,
  record: (note: AuditNote) => void = () => {},
): RequireScope {
  return async (request, scope) => {
    const { authorization } = request.headers
    if (authorization === undefined) throw new HubError('UNAUTHENTICATED')
    const principal = await identify?.(authorization)
    const isAllowed = principal?.scopes.includes(scope) === true
    if (principal !== undefined) {
      const action = `${request.method} ${request.routeOptions?.url ?? ''}`.trim()
      const outcome = isAllowed ? 'allowed' : 'denied'
      record({ principal, action, targets: [scope], outcome, requestId: null })
    }
    if (isAllowed) return
    throw new HubError('FORBIDDEN', { message: `the access token needs the scope ${scope}` })
  }
}
