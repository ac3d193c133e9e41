import type { Logger } from '../../infra/runtime/index.js'
import type { RegisteredMember } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer, SubgraphClient, SubgraphRequest } from '../engine/subgraph-client.js'
import type { BreakerRules } from './circuit-breaker.js'
import { guardWithBreaker } from './guard-with-breaker.js'
import { createHttpSubgraphClient, type HttpSubgraphOptions } from './http-subgraph-client.js'

/** One member's subgraph: the port, a way around the circuit breaker for checks, and an end. */
export interface MemberClient extends SubgraphClient {
  /** For contract checks: asks even while the breaker is open, and is never answered from a cache. */
  probe(request: SubgraphRequest, context: RequestContext): Promise<SubgraphAnswer>
  /** Lets calls under way finish, then closes the connections. */
  close(): Promise<void>
}

export interface MemberClientOptions
  extends Pick<
    HttpSubgraphOptions,
    'timeoutMs' | 'maximumBodyBytes' | 'connections' | 'keepAliveTimeoutMs' | 'tls'
  > {
  readonly breaker?: BreakerRules
  readonly log: Logger
  /** Milliseconds of a steady clock; default `performance.now`. */
  readonly now?: () => number
}

/** The client of one registered member: HTTP behind a circuit breaker of its own. */
export function createMemberClient(
  member: RegisteredMember,
  options: MemberClientOptions,
): MemberClient {
  const { breaker, ...rest } = options
  const http = createHttpSubgraphClient({
    ...rest,
    name: 'catalogue',
    member: member.slug,
    url: member.endpoint,
  })
  const guarded = guardWithBreaker(http, {
    name: member.slug,
    log: options.log,
    ...(breaker && { rules: breaker }),
    ...(options.now && { now: options.now }),
  })
  return { execute: guarded.execute, probe: guarded.probe, close: () => http.close() }
}
