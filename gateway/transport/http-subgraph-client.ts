import { type Dispatcher, Pool } from 'undici'
import type { Logger } from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphClient, SubgraphRequest } from '../engine/subgraph-client.js'
import { type AcceptEncoding, chooseAcceptEncoding } from './accept-encoding.js'
import { type AddressGuard, createGuardedConnector, ForbiddenAddress } from './address-guard.js'
import { ExchangeFailure, exchangeJson, type RawAnswer } from './exchange-json.js'
import { createRequestPrinter, type RequestPrinter } from './print-request-body.js'
import { type AnswerOrigin, describeOrigin, readAnswer } from './read-answer.js'
import { buildRequestHeaders } from './request-headers.js'
import type { CallSigner } from './sign-calls.js'
import { createSocketDispatcher, type JsonDispatcher } from './socket-dispatcher.js'

export interface HttpSubgraphOptions {
  /** Name in the supergraph, for errors. */
  readonly name: string
  /** Slug, when the subgraph is a member's: errors then name the member. */
  readonly member?: string
  readonly url: string
  /** Longest wait for one answer; a request's own deadline may be sooner. */
  readonly timeoutMs: number
  /** Largest answer, as sent and after decompression. */
  readonly maximumBodyBytes: number
  /** Most sockets kept to this subgraph. Default 64; further calls wait for one. */
  readonly connections?: number
  /** How long an idle socket is kept. Default 4000 ms: below the 5 s after which Node servers hang up. */
  readonly keepAliveTimeoutMs?: number
  /** PEM texts for TLS with a private authority or a client certificate. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
  /** Which addresses may be called. Absent: any. */
  readonly addressGuard?: AddressGuard
  /** Whether to ask for compressed answers. Default: only of subgraphs outside private networks. */
  readonly acceptEncoding?: AcceptEncoding
  /** Whether to speak plain HTTP over sockets of our own instead of undici's; TLS is undici's in any case. Default true. */
  readonly hasOwnSockets?: boolean
  /** Replaces the pool; the caller closes it. */
  readonly dispatcher?: Dispatcher
  /** Absent for subgraphs that are not ours: they are asked unsigned. */
  readonly signer?: CallSigner
  /** Shared with the layers above, and perhaps with other clients that get the same requests: each is printed once. */
  readonly print?: RequestPrinter
  readonly log: Logger
  /** Milliseconds of the clock `deadlineAt` is measured on; default `performance.now`. */
  readonly now?: () => number
  /** For span ids; from 0 up to, not including, 1; default `Math.random`. */
  readonly random?: () => number
}

export interface HttpSubgraphClient extends SubgraphClient {
  /** Lets calls under way finish, then closes the sockets. Safe to call twice. */
  close(): Promise<void>
}

const defaultConnections = 64

/** Asks one subgraph over HTTP, keeping connections open. GraphQL errors are returned; see the port for what is thrown. */
export function createHttpSubgraphClient(options: HttpSubgraphOptions): HttpSubgraphClient {
  const { timeoutMs, maximumBodyBytes, log, signer, print = createRequestPrinter() } = options
  const { now = () => performance.now(), random = Math.random } = options
  const url = new URL(options.url)
  const origin: AnswerOrigin =
    options.member === undefined ? { subgraph: options.name } : { member: options.member }
  const dispatcher: JsonDispatcher = options.dispatcher ?? createDispatcher(url, options)
  let isClosed = options.dispatcher !== undefined
  const path = `${url.pathname}${url.search}`
  const acceptEncoding = options.acceptEncoding ?? chooseAcceptEncoding(url)
  // There are never more stale sockets than sockets. A server that resets fresh ones, too, is failing: the budget of
  // retries decides about those.
  const staleSocketsPossible = options.connections ?? defaultConnections
  let staleSocketsLeft = staleSocketsPossible

  function attempt(body: string, context: RequestContext, deadlineAt: number): Promise<RawAnswer> {
    const headers = buildRequestHeaders(context, acceptEncoding, random)
    if (signer !== undefined) {
      const caller = signer.printCaller(context)
      Object.assign(headers, signer.sign({ target: path, body, caller }))
    }
    return exchangeJson({
      dispatcher,
      path,
      headers,
      body,
      maximumBodyBytes,
      signal: context.signal,
      timeoutMs: deadlineAt - now(),
    })
  }

  /** Whether the server closed an idle socket just as we wrote to it: nothing was answered, and queries change nothing. */
  function mayAskAgain(error: unknown, request: SubgraphRequest): boolean {
    if (!isStaleSocket(error) || request.operationType !== 'query') return false
    if (staleSocketsLeft === 0) return false
    staleSocketsLeft -= 1
    return true
  }

  return {
    async execute(request, context) {
      const startedAt = now()
      const deadlineAt = Math.min(startedAt + timeoutMs, context.deadlineAt)
      try {
        const { body } = print(request)
        let raw: RawAnswer
        try {
          raw = await attempt(body, context, deadlineAt)
        } catch (error) {
          if (!mayAskAgain(error, request)) throw error
          log.debug('retrying on a fresh connection', { ...origin, requestId: context.requestId })
          raw = await attempt(body, context, deadlineAt)
        }
        staleSocketsLeft = staleSocketsPossible
        const answer = readAnswer(raw, maximumBodyBytes, origin)
        return answer instanceof Promise ? await answer : answer
      } catch (error) {
        if (error instanceof HubError) throw error
        // Whoever aborts with a coded reason (a passed deadline) has said what this failure is.
        const { reason }: { readonly reason: unknown } = context.signal
        if (isAbort(error) && reason instanceof HubError) throw reason
        throw toHubError(error, origin, Math.round(deadlineAt - startedAt), maximumBodyBytes)
      }
    },
    async close() {
      if (isClosed) return
      isClosed = true
      await dispatcher.close()
    },
  }
}

function createDispatcher(url: URL, options: HttpSubgraphOptions): JsonDispatcher {
  // Only undici speaks TLS here.
  if (options.hasOwnSockets === false || url.protocol !== 'http:') return createPool(url, options)
  return createSocketDispatcher({
    url,
    connections: options.connections ?? defaultConnections,
    keepAliveTimeoutMs: options.keepAliveTimeoutMs ?? 4_000,
    ...(options.addressGuard && { addressGuard: options.addressGuard }),
  })
}

function createPool(url: URL, options: HttpSubgraphOptions): Pool {
  const connect = { timeout: Math.max(1_000, options.timeoutMs), ...options.tls }
  return new Pool(url.origin, {
    connections: options.connections ?? defaultConnections,
    keepAliveTimeout: options.keepAliveTimeoutMs ?? 4_000,
    allowH2: false,
    // Our own timer decides; undici's are coarse and know nothing of the request's deadline.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: options.addressGuard
      ? createGuardedConnector({
          guard: options.addressGuard,
          connect: { ...connect, allowH2: false },
        })
      : connect,
  })
}

const staleSocketCodes: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

function isStaleSocket(error: unknown): boolean {
  if (!(error instanceof ExchangeFailure) || error.kind !== 'network') return false
  const { cause } = error
  return (
    error.isBeforeAnswer &&
    cause instanceof Error &&
    'code' in cause &&
    staleSocketCodes.has(cause.code)
  )
}

function isAbort(error: unknown): boolean {
  return error instanceof ExchangeFailure && error.kind === 'aborted'
}

function toHubError(
  error: unknown,
  origin: AnswerOrigin,
  budgetMs: number,
  maximumBodyBytes: number,
): HubError {
  const who = describeOrigin(origin)
  const kind = error instanceof ExchangeFailure ? error.kind : 'network'
  switch (kind) {
    case 'timeout':
      return new HubError('SUBGRAPH_TIMEOUT', {
        ...origin,
        message: `${who} did not answer within ${budgetMs} ms`,
        timeoutMs: budgetMs,
      })
    case 'aborted':
      return new HubError('REQUEST_ABORTED', origin)
    case 'tooLarge':
      return new HubError('SUBGRAPH_ANSWER_TOO_LARGE', {
        ...origin,
        message: `${who} answered with more than ${maximumBodyBytes} bytes`,
        limit: maximumBodyBytes,
      })
    case 'network':
      if (error instanceof ExchangeFailure && error.cause instanceof ForbiddenAddress) {
        const message = `${who} is registered at an address the hub does not call`
        return new HubError('ENDPOINT_FORBIDDEN', { ...origin, message })
      }
      // The cause names addresses and ports: for logs, never for the message.
      return new HubError('SUBGRAPH_UNREACHABLE', {
        ...origin,
        message: `${who} could not be reached`,
        cause: error,
      })
  }
}
