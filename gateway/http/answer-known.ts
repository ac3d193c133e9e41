import type { FastifyRequest } from 'fastify'
import type { EngineResult } from '../engine/engine.js'
import { toAnswerExtensions } from './answer-extensions.js'
import type { KnownOperations } from './known-operations.js'
import { bodyTypes, contentTypes } from './media-types.js'
import type { OpenRequest } from './requests-in-flight.js'

/** The answer ready to send, or a result with errors that Apollo Server must still put into form. */
export type KnownAnswer =
  | { readonly kind: 'complete'; readonly contentType: string; readonly body: string }
  | { readonly kind: 'faulty'; readonly result: EngineResult }

/** Answers a request whose operation is known; undefined for every other request. */
export type KnownAnswerer = (
  request: FastifyRequest,
  context: OpenRequest,
) => Promise<KnownAnswer | undefined>

/** Makes the short way: no parsing, validation, header copies or plugins between the request and the engine. */
export function createKnownAnswerer(known: KnownOperations): KnownAnswerer {
  return async (request, context) => {
    const { headers } = request.raw
    // A JSON body cannot be sent by a foreign page without a preflight, so there is no CSRF to check for.
    if (request.method !== 'POST' || !bodyTypes.has(headers['content-type'])) return undefined
    const contentType = contentTypes.get(headers.accept)
    const body = readBody(request.body)
    if (contentType === undefined || body === undefined) return undefined
    const operation = known.find(body.query, body.operationName)
    if (operation === undefined) return undefined
    const { document, queryHash, engine } = operation
    const result = await engine.execute(
      { document, queryHash, operationName: body.operationName, variables: body.variables },
      context,
    )
    if (result.errors !== undefined || result.data === undefined) return { kind: 'faulty', result }
    const data = result.printData?.() ?? JSON.stringify(result.data)
    const extensions = toAnswerExtensions(context)
    const tail = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`
    return { kind: 'complete', contentType, body: `{"data":${data}${tail}}\n` }
  }
}

interface GraphQLBody {
  readonly query: string
  readonly operationName: string | null | undefined
  readonly variables: Readonly<Record<string, unknown>> | null | undefined
}

/** The body, if it is an ordinary one: no persisted query, no batch, nothing of a wrong type. */
function readBody(body: unknown): GraphQLBody | undefined {
  if (typeof body !== 'object' || body === null || !('query' in body)) return undefined
  const { query } = body
  const operationName = 'operationName' in body ? body.operationName : undefined
  const variables = 'variables' in body ? body.variables : undefined
  if (typeof query !== 'string') return undefined
  if (operationName != null && typeof operationName !== 'string') return undefined
  if (variables != null && !isRecord(variables)) return undefined
  if ('extensions' in body && body.extensions != null) return undefined
  return { query, operationName, variables }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
