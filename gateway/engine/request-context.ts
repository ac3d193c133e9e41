import type { MemberOutcome, Principal } from '../../schema/index.js'
import type { CacheLog } from './cache-log.js'

/** What travels with one client request through the engine and the fan-out. */
export interface RequestContext {
  readonly requestId: string
  /** Aborted when the client goes away or the process stops; the deadline is for whoever calls out. */
  readonly signal: AbortSignal
  /** When the answer must be ready, in milliseconds of `performance.now()`. */
  readonly deadlineAt: number
  /** Who asks. Anonymous until a token was checked. */
  readonly principal: Principal
  /** Headers to hand to subgraphs: only those on the allow-list, names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Address of the client, as far as trusted proxies tell; undefined for work of the hub itself. Personal data. */
  readonly clientAddress?: string | undefined
  /** Collects how every member took part; ends up in `extensions.hub.members`. */
  readonly outcomes: OutcomeLog
  /** Collects what was kept and what was fetched; absent where nobody wants to know. */
  readonly cacheLog?: CacheLog | undefined
}

/**
 * The same request with an earlier deadline. Not a spread: the parts of a context may be made when first read, and a
 * spread would read, or lose, them all.
 */
export function withDeadline(context: RequestContext, deadlineAt: number): RequestContext {
  return {
    get requestId() {
      return context.requestId
    },
    get signal() {
      return context.signal
    },
    deadlineAt,
    principal: context.principal,
    headers: context.headers,
    clientAddress: context.clientAddress,
    get outcomes() {
      return context.outcomes
    },
    get cacheLog() {
      return context.cacheLog
    },
  }
}

/** Collects member outcomes over several fetches of one request. The worst outcome of a member is the one reported. */
export interface OutcomeLog {
  record(outcome: MemberOutcome): void
  /** One entry per member, ordered by slug. */
  list(): readonly MemberOutcome[]
}
