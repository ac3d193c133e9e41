import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { CacheMetrics } from '../cache/cache-metrics.js'
import type { ResponseCache } from '../cache/response-cache.js'
import type { RequestLimits } from '../limits/request-limits.js'
import { toKeptHead, toResponseKey } from './kept-answer.js'
import { bodyTypes } from './media-types.js'
import { hasPreflightHeader } from './prevent-csrf.js'

/**
 * A check before an early answer. True lets the request go on; false means that it has been answered, or that it must
 * take the long way.
 */
export type EarlyCheck = (request: IncomingMessage, response: ServerResponse) => boolean

export interface EarlyAnswerOptions {
  readonly path: string
  readonly responses: ResponseCache
  readonly metrics: CacheMetrics
  /** Whoever must see every request stands here, in this order; each costs every kept answer its time. */
  readonly checks: readonly EarlyCheck[]
  readonly bodyLimitBytes: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void

/** Whoever has nothing left goes the long way, to be told; everybody else pays for a kept answer. */
export function createLimitCheck(
  limits: Pick<RequestLimits, 'isSpent' | 'note'>,
  points: number,
): EarlyCheck {
  return ({ socket }) => {
    const payer = { clientAddress: socket.remoteAddress }
    if (limits.isSpent(payer)) return false
    limits.note(payer, points)
    return true
  }
}

/**
 * Answers requests whose whole answer is kept before the framework sees them: no routing, no parsing, no context. All
 * others go on as if nothing had been here, their body handed on. A request with `Origin` goes on, too: what a foreign
 * page may read is decided there.
 */
export function addEarlyAnswers(app: FastifyInstance, options: EarlyAnswerOptions): void {
  const { path, responses, metrics, checks, bodyLimitBytes, now } = options
  const bodies = new WeakMap<IncomingMessage, Buffer>()
  const { server } = app
  const listeners = server.listeners('request') as RequestListener[]

  function goOn(request: IncomingMessage, response: ServerResponse): void {
    for (const listener of listeners) listener(request, response)
  }

  function isCandidate({ headers, method, url = '' }: IncomingMessage): boolean {
    if (headers.origin !== undefined || headers.authorization !== undefined) return false
    if (method === 'POST') {
      return (
        url === path && bodyTypes.has(headers['content-type']) && hasLength(headers, bodyLimitBytes)
      )
    }
    return method === 'GET' && url.startsWith(`${path}?`) && hasPreflightHeader(headers)
  }

  /** @returns Whether the request has been answered. */
  function answer(request: IncomingMessage, response: ServerResponse, body: string): boolean {
    const key = toResponseKey(request, body)
    const kept = key === undefined ? undefined : responses.find(key)
    if (kept === undefined) return false
    for (const check of checks) if (!check(request, response)) return response.headersSent
    const { status, headers } = toKeptHead(request, kept, now())
    response.writeHead(status, headers as string[])
    response.end(status === 304 ? undefined : kept.body)
    metrics.response('hit')
    return true
  }

  server.removeAllListeners('request')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (responses.bytes() === 0 || !isCandidate(request)) return goOn(request, response)
    if (request.method === 'GET') {
      if (!answer(request, response, '')) goOn(request, response)
      return
    }
    readWhole(request, (body) => {
      if (answer(request, response, body.toString('utf8'))) return
      bodies.set(request, body)
      goOn(request, response)
    })
  })
  app.addHook('preParsing', (request, _reply, payload, done) => {
    const body = bodies.get(request.raw)
    done(null, body === undefined ? payload : Readable.from([body]))
  })
}

function hasLength(headers: IncomingMessage['headers'], limit: number): boolean {
  const length = headers['content-length']
  return (
    length !== undefined && Number(length) <= limit && headers['content-encoding'] === undefined
  )
}

/** Collects the body; a client that hangs up meanwhile is nobody's request any more. */
function readWhole(request: IncomingMessage, onBody: (body: Buffer) => void): void {
  let first: Buffer | undefined
  let others: Buffer[] | undefined
  request.on('data', (chunk: Buffer) => {
    if (first === undefined) first = chunk
    else {
      others ??= [first]
      others.push(chunk)
    }
  })
  request.on('end', () => {
    onBody(others === undefined ? (first ?? Buffer.alloc(0)) : Buffer.concat(others))
  })
}
