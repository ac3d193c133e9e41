import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { toContentDigest } from './request-signature.js'
import type { RequestVerifier } from './verify-requests.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, as the gateway signed it; the empty text where unsigned requests are let in. */
    signedPrincipal: string
  }
}

/** Health checks come from an orchestrator, which has no key and learns nothing. */
const openPaths: ReadonlySet<string> = new Set(['/livez', '/readyz'])

/** Lets through only what the verifier accepts, body included; health checks apart. */
export function requireSignatures(
  app: FastifyInstance,
  verify: RequestVerifier,
  bodyLimitBytes: number,
): void {
  app.addHook('onRequest', async (request, reply) => {
    if (openPaths.has(request.url)) return
    const { method, url: target } = request.raw
    const verdict = await verify({
      method: method ?? '',
      target: target ?? '',
      headers: request.headers,
    })
    if (!verdict.ok)
      return reply.code(verdict.code === 'OVERLOADED' ? 503 : 401).send(toBody(verdict))
    request.signedPrincipal = verdict.principal
    return undefined
  })
  // Before any parser, so that it holds for every media type, and over the bytes as they came.
  app.addHook('preParsing', async (request, reply, payload) => {
    if (openPaths.has(request.url)) return payload
    const body = await readAll(payload as Readable, bodyLimitBytes)
    if (body === undefined) {
      const message = `the body has more than ${bodyLimitBytes} bytes`
      return reply.code(413).send(toBody({ code: 'QUERY_TOO_LARGE', message }))
    }
    if (toContentDigest(body) !== request.headers['content-digest']) {
      const message = 'the request is refused: its body is not the one that was signed'
      return reply.code(401).send(toBody({ code: 'SIGNATURE_INVALID', message }))
    }
    return Readable.from(body.length === 0 ? [] : [body], { objectMode: false })
  })
}

/** Adds `request.signedPrincipal`, empty until a signature was checked. */
export function decorateRequests(app: FastifyInstance): void {
  app.decorateRequest('signedPrincipal', '')
}

async function readAll(payload: Readable, limitBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  // Not destroyed: the answer that refuses goes over the same socket.
  for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length
    if (size > limitBytes) return undefined
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks, size)
}

function toBody({ code, message }: { readonly code: string; readonly message: string }): object {
  return { errors: [{ message, extensions: { code, retryable: code === 'OVERLOADED' } }] }
}
