import type { FastifyInstance } from 'fastify'
import type { OpenCache } from '../cache/open-cache.js'
import type { ResponseCache } from '../cache/response-cache.js'
import { addEarlyAnswers, type EarlyAnswerOptions } from './early-answer.js'
import { addPurgeRoutes } from './purge-route.js'
import type { RequireScope } from './require-scope.js'
import { addSyncWebhook } from './sync-webhook-route.js'

export interface CacheRouteOptions {
  readonly cache: OpenCache
  readonly requireScope: RequireScope
  /** Without `responses` every answer takes the long way. */
  readonly early: Pick<EarlyAnswerOptions, 'path' | 'checks' | 'bodyLimitBytes'> & {
    readonly responses: ResponseCache | undefined
  }
}

/** What the cache adds to the door: kept answers before everything else, and purges. */
export function addCacheRoutes(app: FastifyInstance, options: CacheRouteOptions): void {
  const { cache, requireScope, early } = options
  const { purger, owners, metrics } = cache
  addPurgeRoutes(app, { purger, owners, requireScope })
  addSyncWebhook(app, { purger, owners, findMember: owners.findMember })
  const { responses } = early
  if (responses === undefined) return
  addEarlyAnswers(app, { ...early, responses, metrics, now: Date.now })
}
