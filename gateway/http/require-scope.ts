import type { FastifyRequest } from 'fastify'
import { HubError, type Principal } from '../../schema/index.js'

/**
 * Lets a request pass whose access token has a scope.
 *
 * @throws HubError `UNAUTHENTICATED`, `FORBIDDEN`, or what reading the token throws.
 */
export type RequireScope = (request: FastifyRequest, scope: string) => Promise<void>

/** Who shows this `Authorization` header. */
type Identify = (authorization: string) => Principal | Promise<Principal>

/** @param identify - Undefined in a gateway that takes no tokens: then nobody passes. */
export function createScopeCheck(identify: Identify | undefined): RequireScope {
  return async ({ headers: { authorization } }, scope) => {
    if (authorization === undefined) throw new HubError('UNAUTHENTICATED')
    const principal = await identify?.(authorization)
    if (principal?.scopes.includes(scope)) return
    throw new HubError('FORBIDDEN', { message: `the access token needs the scope ${scope}` })
  }
}
