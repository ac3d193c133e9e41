import type { FastifyRequest } from 'fastify'
import type { Engine, EngineResult } from '../engine/engine.js'
import { printHeaderKey } from '../transport/request-headers.js'
import { toAnswerExtensions } from './answer-extensions.js'
import type { KnownOperation, KnownOperations } from './known-operations.js'
import { bodyTypes, contentTypes } from './media-types.js'
import type { OpenRequest } from './requests-in-flight.js'
import { createExecutionSharing, type ExecutionSharing } from './share-executions.js'

/** The answer ready to send, or a result with errors that Apollo Server must still put into form. */
export type KnownAnswer =
  | {
      readonly kind: 'complete'
      readonly contentType: string
      readonly body: string
      /** Whether another request's execution gave it. */
      readonly isJoined: boolean
    }
  | { readonly kind: 'faulty'; readonly result: EngineResult }

/** Answers a request whose operation is known; undefined for every other request. */
export type KnownAnswerer = (
  request: FastifyRequest,
  context: OpenRequest,
) => Promise<KnownAnswer | undefined>

/** What an execution gave, and for which request: how it came about is noted there. */
type Executed =
  | { readonly kind: 'complete'; readonly data: string; readonly context: OpenRequest }
  | { readonly kind: 'faulty'; readonly result: EngineResult }

export interface KnownAnswererOptions {
  readonly known: KnownOperations
  /** Whether equal queries of anonymous callers under way at the same time share one execution. */
  readonly isSharing: boolean
}

/** Makes the short way: no parsing, validation, header copies or plugins between the request and the engine. */
export function createKnownAnswerer({ known, isSharing }: KnownAnswererOptions): KnownAnswerer {
  // By engine: what began on one supergraph is not for requests on the next.
  const sharings = new WeakMap<Engine, ExecutionSharing<Executed>>()

  function sharingOf(engine: Engine): ExecutionSharing<Executed> {
    const sharing =
      sharings.get(engine) ??
      createExecutionSharing<Executed>({ isShareable: ({ kind }) => kind === 'complete' })
    sharings.set(engine, sharing)
    return sharing
  }

  return async (request, context) => {
    const { headers } = request.raw
    // A JSON body cannot be sent by a foreign page without a preflight, so there is no CSRF to check for.
    if (request.method !== 'POST' || !bodyTypes.has(headers['content-type'])) return undefined
    const contentType = contentTypes.get(headers.accept)
    const body = readBody(request.body)
    if (contentType === undefined || body === undefined) return undefined
    const operation = known.find(body.query, body.operationName)
    if (operation === undefined) return undefined
    const run = (): Promise<Executed> => execute(operation, body, context)
    const key = isSharing ? toSharingKey(request, operation, context) : undefined
    const executed = await (key === undefined ? run() : sharingOf(operation.engine).run(key, run))
    if (executed.kind === 'faulty') return executed
    const isJoined = executed.context !== context
    if (isJoined) context.adopt(executed.context)
    const extensions = toAnswerExtensions(context)
    const tail = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`
    return { kind: 'complete', contentType, isJoined, body: `{"data":${executed.data}${tail}}\n` }
  }
}

async function execute(
  { document, queryHash, engine }: KnownOperation,
  { operationName, variables }: GraphQLBody,
  context: OpenRequest,
): Promise<Executed> {
  const result = await engine.execute({ document, queryHash, operationName, variables }, context)
  if (result.errors !== undefined || result.data === undefined) return { kind: 'faulty', result }
  const data = result.printData?.() ?? JSON.stringify(result.data)
  return { kind: 'complete', data, context }
}

/**
 * Everything that can change the answer; undefined when it must not be shared. Anonymous callers differ in nothing but their
 * headers. After a mutation no query joins one that may have read before it.
 */
function toSharingKey(
  { bodyText }: FastifyRequest,
  { isQuery, engine }: KnownOperation,
  context: OpenRequest,
): string | undefined {
  if (!isQuery || bodyText === '' || context.isExplained) return undefined
  if (context.principal.kind !== 'anonymous') return undefined
  return `${engine.mutations()} ${printHeaderKey(context)} ${bodyText}`
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
