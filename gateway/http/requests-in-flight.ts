import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createOutcomeLog } from '../engine/outcome-log.js'
import type { RequestContext } from '../engine/request-context.js'

/** Headers of a client that subgraphs may see. Everything else, cookies and tokens included, stays at the door. */
const forwardedHeaders = ['traceparent', 'tracestate'] as const

/** The requests being answered right now: opens a context for each and lets a stop wait for them. */
export interface RequestsInFlight {
  open(request: FastifyRequest, reply: FastifyReply): RequestContext
  /** Resolves when nothing is under way any more, or aborts what is left after `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>
  readonly isDraining: () => boolean
}

/** @param requestTimeoutMs - Deadline of a whole request. */
export function createRequestsInFlight(requestTimeoutMs: number): RequestsInFlight {
  // One controller per request instead of AbortSignal.any over a process-wide signal: that one keeps every
  // dependent signal reachable for as long as the process lives.
  const controllers = new Set<AbortController>()
  let isDraining = false
  let onEmpty: (() => void) | undefined

  return {
    open(request, reply) {
      const controller = new AbortController()
      controllers.add(controller)
      reply.raw.once('close', () => {
        // 'close' before the answer is written means the client hung up.
        if (!reply.raw.writableFinished) controller.abort()
        controllers.delete(controller)
        if (controllers.size === 0) onEmpty?.()
      })
      return {
        requestId: randomUUID(),
        signal: controller.signal,
        deadlineAt: performance.now() + requestTimeoutMs,
        headers: readForwardedHeaders(request),
        outcomes: createOutcomeLog(),
      }
    },
    async drain(timeoutMs) {
      isDraining = true
      if (controllers.size === 0) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          for (const controller of controllers) controller.abort()
          resolve()
        }, timeoutMs)
        onEmpty = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },
    isDraining: () => isDraining,
  }
}

function readForwardedHeaders(request: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name of forwardedHeaders) {
    const value = request.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  return headers
}
