import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { HubError, hasRole } from '../../schema/index.js'
import type { Authenticator } from '../auth/authenticator.js'
import type { GatewayDatabase } from '../store/gateway-database.js'
import type { AuditTrail } from './audit-trail.js'
import { readAudit } from './read-audit.js'

export interface AuditRouteOptions {
  readonly database: Pick<GatewayDatabase, 'use'>
  readonly trail: AuditTrail
  /** Absent in a gateway that takes no tokens: then nobody may read. */
  readonly authenticate: Authenticator | undefined
}

const querySchema = z.strictObject({
  since: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  subject: z.string().max(64).nullish(),
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullish(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
})

/** `GET /audit?since=…`: entries for operators, oldest first. Who reads them is an entry, too. */
export function addAuditRoute(app: FastifyInstance, options: AuditRouteOptions): void {
  const { database, trail, authenticate } = options
  app.get('/audit', async (request, reply) => {
    const { authorization } = request.headers
    const principal = authorization && (await authenticate?.(authorization))
    if (!principal) throw new HubError('UNAUTHENTICATED')
    const isAllowed = hasRole(principal, 'operator')
    const outcome = isAllowed ? 'allowed' : 'denied'
    trail.record({ principal, action: 'GET /audit', targets: [], outcome, requestId: null })
    if (!isAllowed)
      throw new HubError('FORBIDDEN', { message: 'only operators read the audit trail' })
    const query = querySchema.safeParse(request.query)
    if (!query.success) {
      const faults = query.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
      throw new HubError('BAD_USER_INPUT', { message: faults.join('; ') })
    }
    const { since, subject = null, after = null, limit } = query.data
    const entries = await readAudit(database, { since, subjectId: subject, after, limit })
    return reply.header('cache-control', 'no-store').send({ entries })
  })
}
