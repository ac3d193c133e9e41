import type { Logger } from '../../infra/runtime/index.js'
import { type ErrorCode, HubError } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer, SubgraphClient, SubgraphRequest } from '../engine/subgraph-client.js'
import {
  admitCall,
  afterAbandonedProbe,
  afterCheck,
  afterFailure,
  afterSuccess,
  type BreakerRules,
  type BreakerState,
  closedBreaker,
  defaultBreakerRules,
} from './circuit-breaker.js'
import { type AnswerOrigin, describeOrigin } from './read-answer.js'

export interface BreakerGuardOptions {
  /** Whom the breaker is for, for errors and log lines. */
  readonly origin: AnswerOrigin
  readonly log: Logger
  /** Default: 5 failures in a row, open for 2 s. */
  readonly rules?: BreakerRules
  /** Milliseconds of a steady clock; default `performance.now`. */
  readonly now?: () => number
  /** Longest wait for an answer: the time of a call that no deadline shortens. Default 0: every timeout counts. */
  readonly longestMs?: number
  /** Whom `probe` asks; default the guarded client itself. */
  readonly probeClient?: SubgraphClient
}

export interface GuardedClient extends SubgraphClient {
  /** Asks even while the breaker is open; after a good answer the next call may go out at once. */
  probe(request: SubgraphRequest, context: RequestContext): Promise<SubgraphAnswer>
}

/** Failures of the connection or of the process behind it. An answer with GraphQL errors is a healthy one. */
const transportFailures: ReadonlySet<ErrorCode> = new Set([
  'SUBGRAPH_UNREACHABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_ANSWER_INVALID',
])

/** A server that had less time than this before its caller's deadline has not failed by missing it. */
const fairTimeoutMs = 100

/**
 * Puts a circuit breaker before a client: after failures in a row it is not asked for a while, so that a dead
 * member costs nobody its deadline. While open, `execute` throws `SUBGRAPH_CIRCUIT_OPEN` at once.
 */
export function guardWithBreaker(
  client: SubgraphClient,
  options: BreakerGuardOptions,
): GuardedClient {
  const { origin, log, rules = defaultBreakerRules, now = () => performance.now() } = options
  const { probeClient = client, longestMs = 0 } = options
  let state: BreakerState = closedBreaker

  function isFailureOfServer(error: unknown): boolean {
    if (!(error instanceof HubError) || !transportFailures.has(error.code)) return false
    const { timeoutMs = longestMs } = error.details
    return error.code !== 'SUBGRAPH_TIMEOUT' || timeoutMs >= Math.min(longestMs, fairTimeoutMs)
  }

  function moveTo(next: BreakerState): void {
    if (next.kind !== state.kind) {
      const write = next.kind === 'open' ? log.warn : log.info
      write('circuit breaker changed', { ...origin, from: state.kind, to: next.kind })
    }
    state = next
  }

  function noteSuccess(answer: SubgraphAnswer): SubgraphAnswer {
    moveTo(afterSuccess())
    return answer
  }

  function noteFailure(error: unknown, isProbing: boolean): never {
    if (isFailureOfServer(error)) moveTo(afterFailure(state, now(), rules))
    else if (isProbing) moveTo(afterAbandonedProbe(state, now()))
    throw error
  }

  return {
    // Not async, like the layers below: each call of each request passes here, nearly always for nothing.
    execute(request, context) {
      const admission = admitCall(state, now(), rules)
      moveTo(admission.state)
      if (!admission.isAdmitted) {
        const message = `${describeOrigin(origin)} failed repeatedly and is not asked for a moment`
        return Promise.reject(new HubError('SUBGRAPH_CIRCUIT_OPEN', { ...origin, message }))
      }
      const isProbing = admission.state.kind === 'probing'
      return client
        .execute(request, context)
        .then(noteSuccess, (error: unknown) => noteFailure(error, isProbing))
    },
    async probe(request, context) {
      const answer = await probeClient.execute(request, context)
      moveTo(afterCheck(state, now()))
      return answer
    },
  }
}
