import type { FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { KeptResponse, ResponseCache } from '../cache/response-cache.js'
import { toKeptHead, toResponseKey } from './kept-answer.js'
import type { OpenRequest } from './requests-in-flight.js'

/** Whole answers that everybody may get, for requests that went the framework's way. */
export interface SharedAnswers {
  /** What counts for answers begun now; see `ResponseCache.keep`. */
  edition(): string | undefined
  /** Sends the kept answer of this process. @returns Whether there was one. */
  find(request: FastifyRequest, reply: FastifyReply): boolean
  /** Sends the answer another process has made. @returns Whether there was one. */
  load(request: FastifyRequest, reply: FastifyReply): Promise<boolean>
  /** Sends a new answer, and keeps it if others may get it. */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    hub: OpenRequest,
    answer: { readonly contentType: string; readonly body: string },
  ): void
}

const charactersRemembered = 4_000_000

/** @param responses - Undefined: every answer is new and nobody else's. */
export function createSharedAnswers(responses: ResponseCache | undefined): SharedAnswers {
  /** Requests whose last answer was nobody else's: not worth a look into Redis. */
  const unshared = new LRUCache<string, true>({
    maxSize: charactersRemembered,
    sizeCalculation: (_value, key) => key.length + 100,
  })

  function sendKept(request: FastifyRequest, reply: FastifyReply, kept: KeptResponse): void {
    const { status, headers } = toKeptHead(request.raw, kept, Date.now())
    for (let index = 0; index < headers.length; index += 2) {
      const name = headers[index] ?? ''
      // The framework has put its own names there already.
      if (name === 'vary') addVary(reply, headers[index + 1] ?? '')
      else reply.header(name, headers[index + 1] ?? '')
    }
    reply.code(status).send(status === 304 ? undefined : kept.body)
  }

  function keyOf(request: FastifyRequest): string | undefined {
    return toResponseKey(request.raw, request.bodyText)
  }

  return {
    edition: () => responses?.edition(),
    find(request, reply) {
      const key = responses === undefined ? undefined : keyOf(request)
      const kept = key === undefined ? undefined : responses?.find(key)
      if (kept === undefined) return false
      sendKept(request, reply, kept)
      return true
    },
    async load(request, reply) {
      const key = responses === undefined ? undefined : keyOf(request)
      if (key === undefined || unshared.has(key)) return false
      const kept = await responses?.load(key)
      if (kept === undefined) return false
      sendKept(request, reply, kept)
      return true
    },
    send(request, reply, hub, answer) {
      const key = responses === undefined ? undefined : keyOf(request)
      const sharing = key === undefined ? undefined : hub.sharing
      const { edition } = hub
      if (!responses || key === undefined || sharing === undefined || edition === undefined) {
        if (key !== undefined) unshared.set(key, true)
        reply.header('cache-control', 'no-store').send(answer.body)
        return
      }
      unshared.delete(key)
      sendKept(request, reply, responses.keep(key, answer, sharing, edition))
    },
  }
}

function addVary(reply: FastifyReply, names: string): void {
  const present = reply.getHeader('vary')
  const own = typeof present === 'string' ? present.split(',').map((name) => name.trim()) : []
  reply.header('vary', [...new Set([...own, ...names.split(', ')])].join(', '))
}
