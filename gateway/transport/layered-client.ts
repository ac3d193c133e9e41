import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer, SubgraphClient, SubgraphRequest } from '../engine/subgraph-client.js'
import type { BreakerRules } from './circuit-breaker.js'
import { type CoalescingRules, coalesceQueries } from './coalesce-queries.js'
import { guardWithBreaker } from './guard-with-breaker.js'
import { createHttpSubgraphClient, type HttpSubgraphOptions } from './http-subgraph-client.js'
import { type CallBudget, limitCalls } from './limit-calls.js'
import { createRequestPrinter } from './print-request-body.js'
import { type RetryRules, retryQueries } from './retry-queries.js'

export interface LayeredClientOptions extends HttpSubgraphOptions {
  readonly breaker?: BreakerRules
  readonly retries?: RetryRules
  /** False makes every query a call of its own. Default true. */
  readonly isCoalescing?: boolean
  readonly coalescing?: CoalescingRules
  /** Protects the subgraph from the hub. Default: no limit. */
  readonly callBudget?: CallBudget
}

/** One subgraph with all layers: the port, a way around breaker, retries and sharing for checks, and an end. */
export interface LayeredClient extends SubgraphClient {
  /** For contract checks: asks even while the breaker is open, once, and never shares another call's answer. */
  probe(request: SubgraphRequest, context: RequestContext): Promise<SubgraphAnswer>
  /** Lets calls under way finish, then closes the connections. */
  close(): Promise<void>
}

/**
 * `coalesced(limited(guarded(retrying(http))))`. Sharing is outermost, so that a shared call counts once for breaker and budget.
 * The breaker is around the retries: what a retry repaired is no failure, and an open breaker is nothing to retry.
 */
export function createLayeredClient(options: LayeredClientOptions): LayeredClient {
  const { breaker, retries, isCoalescing = true, coalescing, callBudget, ...http } = options
  const { name, member, signer, log, now, random, print = createRequestPrinter() } = options
  const origin = member === undefined ? { subgraph: name } : { member }
  const shared = { origin, log, ...(now && { now }) }
  const client = createHttpSubgraphClient({ ...http, print })
  const retrying = retryQueries(client, {
    ...shared,
    ...(random && { random }),
    ...(retries && { rules: retries }),
  })
  const guarded = guardWithBreaker(retrying, {
    ...shared,
    ...(breaker && { rules: breaker }),
    probeClient: client,
    longestMs: options.timeoutMs,
  })
  const limited =
    callBudget === undefined
      ? guarded
      : limitCalls(guarded, { origin, budget: callBudget, ...(now && { now }) })
  const outermost = isCoalescing
    ? coalesceQueries(limited, {
        ...shared,
        timeoutMs: options.timeoutMs,
        print,
        ...(signer && { printCaller: signer.printCaller }),
        ...(coalescing && { rules: coalescing }),
      })
    : limited
  return {
    execute: (request, context) => outermost.execute(request, context),
    probe: (request, context) => guarded.probe(request, context),
    close: () => client.close(),
  }
}
