import type { Logger } from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'
import type { CancelSignal } from '../engine/cancellation.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer, SubgraphClient, SubgraphRequest } from '../engine/subgraph-client.js'
import { ExchangeFailure } from './exchange-json.js'
import type { AnswerOrigin } from './read-answer.js'
import { parseRetryAfter } from './retry-after.js'
import { createRetryBudget, defaultRetryBudget, type RetryBudgetRules } from './retry-budget.js'
import { UnavailableAnswer } from './unavailable-answer.js'

export interface RetryRules {
  /** Attempts after the first one. */
  readonly maximumRetries: number
  /** Wait before the first retry; doubles each time. Between half of it and all of it is waited, at random. */
  readonly backOffMs: number
  readonly budget: RetryBudgetRules
}

export const defaultRetryRules: RetryRules = {
  maximumRetries: 2,
  backOffMs: 100,
  budget: defaultRetryBudget,
}

export interface RetryOptions {
  readonly origin: AnswerOrigin
  readonly log: Logger
  readonly rules?: RetryRules
  /** Milliseconds of the clock `deadlineAt` is measured on; default `performance.now`. */
  readonly now?: () => number
  /** Milliseconds since 1970, for dates in `Retry-After`; default `Date.now`. */
  readonly wallNow?: () => number
  /** From 0 up to, not including, 1; default `Math.random`. */
  readonly random?: () => number
  /** Resolves after `ms`, or at once when the signal aborts. */
  readonly wait?: (ms: number, signal: CancelSignal) => Promise<void>
}

/**
 * Asks again when a subgraph could not be reached, or answered 429, 502, 503 or 504: queries only, before any part of
 * an answer, never past the request's deadline, and only as often as the retry budget allows.
 * When it gives up it throws the last failure.
 */
export function retryQueries(client: SubgraphClient, options: RetryOptions): SubgraphClient {
  const { origin, log, rules = defaultRetryRules, wait = waitUnlessAborted } = options
  const { now = () => performance.now(), wallNow = Date.now, random = Math.random } = options
  const budget = createRetryBudget(rules.budget, now)

  /** How long to wait before another attempt; undefined when there must be none. */
  function decideWaitMs(
    error: unknown,
    retries: number,
    context: RequestContext,
  ): number | undefined {
    if (retries >= rules.maximumRetries || context.signal.aborted) return undefined
    const askedMs = readAskedWaitMs(error, wallNow)
    if (askedMs === undefined) return undefined
    const backOffMs = rules.backOffMs * 2 ** retries * (0.5 + random() / 2)
    const waitMs = Math.max(askedMs, backOffMs)
    // Waiting past the deadline would only turn a known failure into a late one.
    if (now() + waitMs >= context.deadlineAt) return undefined
    return budget.spend() ? waitMs : undefined
  }

  async function askAgain(
    first: unknown,
    request: SubgraphRequest,
    context: RequestContext,
  ): Promise<SubgraphAnswer> {
    let error = first
    for (let retries = 0; ; retries += 1) {
      const waitMs = decideWaitMs(error, retries, context)
      if (waitMs === undefined) throw error
      log.debug('asking again', { ...origin, requestId: context.requestId, waitMs, retries })
      await wait(waitMs, context.signal)
      if (context.signal.aborted) throw error
      try {
        return await client.execute(request, context)
      } catch (next) {
        error = next
      }
    }
  }

  return {
    execute(request, context) {
      const answering = client.execute(request, context)
      if (request.operationType !== 'query') return answering
      budget.earn()
      return answering.catch((error: unknown) => askAgain(error, request, context))
    },
  }
}

/** The wait a retryable failure asks for, 0 when it names none; undefined when the failure is not retryable. */
function readAskedWaitMs(error: unknown, wallNow: () => number): number | undefined {
  if (!(error instanceof HubError) || error.code !== 'SUBGRAPH_UNREACHABLE') return undefined
  const { cause } = error
  if (cause instanceof ExchangeFailure) return cause.isBeforeAnswer ? 0 : undefined
  if (!(cause instanceof UnavailableAnswer) || !cause.isPassing) return undefined
  return parseRetryAfter(cause.retryAfter, wallNow()) ?? 0
}

function waitUnlessAborted(ms: number, signal: CancelSignal): Promise<void> {
  return new Promise((resolve) => {
    function end(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}
