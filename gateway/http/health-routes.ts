import type { FastifyInstance } from 'fastify'
import type { MemberStatus } from '../registry/member-directory.js'

export interface HealthSource {
  /** Whether there are members at all; a gateway without is ready when it listens. */
  readonly hasMembers: boolean
  readonly listMembers: () => readonly MemberStatus[]
  /** Whether a Redis of the cache does not answer; absent in a gateway that keeps nothing. */
  readonly isCacheDegraded: (() => boolean) | undefined
  readonly isDraining: () => boolean
}

/**
 * `/livez`: the process runs. `/readyz`: it should get traffic, with the state of every member and of the cache.
 * Members that are down, and a Redis that is, make the hub `degraded`, not unready: twelve of thirteen is a good answer.
 */
export function addHealthRoutes(app: FastifyInstance, source: HealthSource): void {
  app.get('/livez', async () => ({ status: 'alive' }))
  app.get('/readyz', async (_request, reply) => {
    const members = source.listMembers()
    const cache = source.isCacheDegraded?.() ? 'degraded' : 'ready'
    const status = source.isDraining() ? 'draining' : readiness(source, members, cache)
    const isReady = status === 'ready' || status === 'degraded'
    return reply.code(isReady ? 200 : 503).send({
      status,
      members,
      ...(source.isCacheDegraded && { cache }),
    })
  })
}

function readiness(
  { hasMembers }: HealthSource,
  members: readonly MemberStatus[],
  cache: 'ready' | 'degraded',
): 'ready' | 'degraded' | 'unready' {
  if (!hasMembers) return cache
  const answering = members.filter(({ state }) => state === 'serving' || state === 'lagging')
  if (answering.length === 0) return 'unready'
  return answering.length === members.length ? cache : 'degraded'
}
