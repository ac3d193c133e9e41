import type { FastifyInstance } from 'fastify'
import { HubError } from '../../schema/index.js'
import type { OwnerBook } from '../cache/owner-book.js'
import { parsePurge } from '../cache/parse-purge.js'
import type { Purger } from '../cache/purger.js'
import { sendHttpError, sendHubError } from './http-error.js'
import type { RequireScope } from './require-scope.js'

export interface PurgeRouteOptions {
  readonly purger: Purger
  readonly owners: OwnerBook
  readonly requireScope: RequireScope
}

/** Scope of access tokens that may purge. */
const purgeScope = 'hub:purge'

/**
 * `POST /admin/purge`: hides, and with `hard` erases, what is kept of a member, a type, an id, a jurisdiction or all. 200
 * when every gateway has been told, 202 when it is only written down. `GET /admin/purge/:id`: the receipt of a hard purge.
 */
export function addPurgeRoutes(app: FastifyInstance, options: PurgeRouteOptions): void {
  const { purger, owners, requireScope } = options
  app.post('/admin/purge', async (request, reply) => {
    try {
      await requireScope(request, purgeScope)
      const result = await purger.purge({ ...parsePurge(request.body, owners), origin: 'admin' })
      return reply.code(result.status === 'done' ? 200 : 202).send(result)
    } catch (error) {
      return sendHttpError(error, reply)
    }
  })
  app.get<{ Params: { id: string } }>('/admin/purge/:id', async (request, reply) => {
    try {
      await requireScope(request, purgeScope)
      const { id } = request.params
      const receipt = await purger.receipt(id)
      if (receipt !== undefined) return reply.send({ id, ...receipt })
      const message = 'there is no receipt with this id, or not yet'
      return sendHubError(new HubError('BAD_USER_INPUT', { message }), reply, 404)
    } catch (error) {
      return sendHttpError(error, reply)
    }
  })
}
