import type { MemberOutcome, Principal } from '../../schema/index.js'
import type { CacheLog } from './cache-log.js'
import type { CancelSignal } from './cancellation.js'

/** What travels with one client request through the engine and the fan-out. */
export interface RequestContext {
  readonly requestId: string
  /** Aborted when the client goes away or the process stops; the deadline is for whoever calls out. */
  readonly signal: CancelSignal
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
  return new EarlierContext(context, deadlineAt)
}

/** A class, because an object literal with getters takes twenty times as long to make. */
class EarlierContext implements RequestContext {
  readonly #whole: RequestContext
  readonly deadlineAt: number
  readonly principal: Principal
  readonly headers: Readonly<Record<string, string>>
  readonly clientAddress: string | undefined

  constructor(whole: RequestContext, deadlineAt: number) {
    this.#whole = whole
    this.deadlineAt = deadlineAt
    this.principal = whole.principal
    this.headers = whole.headers
    this.clientAddress = whole.clientAddress
  }

  get requestId(): string {
    return this.#whole.requestId
  }

  get signal(): CancelSignal {
    return this.#whole.signal
  }

  get outcomes(): OutcomeLog {
    return this.#whole.outcomes
  }

  get cacheLog(): CacheLog | undefined {
    return this.#whole.cacheLog
  }
}

/** Collects member outcomes over several fetches of one request. The worst outcome of a member is the one reported. */
export interface OutcomeLog {
  record(outcome: MemberOutcome): void
  /** One entry per member, ordered by slug. */
  list(): readonly MemberOutcome[]
}
