import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createTransientMap } from '../../infra/runtime/index.js'
import { anonymousPrincipal, type Principal } from '../../schema/index.js'
import { decideSharing, type Sharing } from '../cache/domain/shareable-answer.js'
import { type CacheLog, createCacheLog } from '../engine/cache-log.js'
import { Cancellation, type CancelSignal } from '../engine/cancellation.js'
import { createOutcomeLog } from '../engine/outcome-log.js'
import type { OutcomeLog, RequestContext } from '../engine/request-context.js'

/** Headers of a client that subgraphs may see. Everything else, cookies and tokens included, stays at the door. */
const forwardedHeaders = ['traceparent', 'tracestate'] as const

/** The requests being answered right now: opens a context for each and lets a stop or a reload wait for them. */
export interface RequestsInFlight {
  /** @param clientAddress - Who asks, as far as trusted proxies tell. */
  open(request: IncomingMessage, response: ServerResponse, clientAddress?: string): OpenRequest
  /** Resolves when every request that is under way now has ended; later ones do not matter. */
  untilPresentEnd(): Promise<void>
  /** Resolves when nothing is under way any more, or aborts what is left after `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>
  readonly isDraining: () => boolean
}

/** @param requestTimeoutMs - Deadline of a whole request. */
export function createRequestsInFlight(requestTimeoutMs: number): RequestsInFlight {
  const open = createTransientMap<OpenRequest, OpenRequest>()
  let cohort = createCohort(Promise.resolve())
  let isDraining = false
  let onEmpty: (() => void) | undefined

  return {
    open(request, response, clientAddress) {
      const joined = cohort
      const opened = new OpenRequest(request, performance.now() + requestTimeoutMs, clientAddress)
      open.set(opened, opened)
      joined.enter()
      response.once('close', () => {
        // 'close' before the answer is written means the client hung up.
        if (!response.writableFinished) opened.abort()
        open.delete(opened)
        joined.leave()
        if (open.size === 0) onEmpty?.()
      })
      return opened
    },
    untilPresentEnd() {
      const present = cohort
      cohort = createCohort(present.ended)
      present.close()
      return present.ended
    },
    async drain(timeoutMs) {
      isDraining = true
      if (open.size === 0) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          for (const request of open.values()) request.abort()
          resolve()
        }, timeoutMs)
        onEmpty = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },
    isDraining: () => isDraining,
  }
}

/** One request's context. What many requests never look at (id, signal, outcomes) is made when first read. */
export class OpenRequest implements RequestContext {
  readonly deadlineAt: number
  readonly headers: Readonly<Record<string, string>>
  readonly clientAddress: string | undefined
  #requestId: string | undefined
  // One for each request instead of AbortSignal.any over a process-wide signal: that one keeps every
  // dependent signal reachable for as long as the process lives.
  #cancellation: Cancellation | undefined
  #outcomes: OutcomeLog | undefined
  #cacheLog: CacheLog | undefined
  #hasErrors = false
  #isAborted = false
  #principal = anonymousPrincipal
  /** Whether the client asks, and may know, how its answer was made. */
  isExplained = false
  /** Edition of the register that counted when the answer was begun; see `ResponseCache`. */
  edition: string | undefined

  constructor(request: IncomingMessage, deadlineAt: number, clientAddress?: string) {
    this.clientAddress = clientAddress
    this.deadlineAt = deadlineAt
    this.headers = readForwardedHeaders(request)
  }

  get principal(): Principal {
    return this.#principal
  }

  /** Notes who asks. Before anything is executed: what has looked at the principal does not look again. */
  identify(principal: Principal): void {
    this.#principal = principal
  }

  get requestId(): string {
    this.#requestId ??= randomUUID()
    return this.#requestId
  }

  get signal(): CancelSignal {
    if (this.#cancellation === undefined) {
      this.#cancellation = new Cancellation()
      if (this.#isAborted) this.#cancellation.abort()
    }
    return this.#cancellation
  }

  get outcomes(): OutcomeLog {
    this.#outcomes ??= createOutcomeLog()
    return this.#outcomes
  }

  /** The outcomes, if any member was asked. */
  get outcomesIfAny(): OutcomeLog | undefined {
    return this.#outcomes
  }

  get cacheLog(): CacheLog {
    this.#cacheLog ??= createCacheLog()
    return this.#cacheLog
  }

  /** The answer has errors: it is nobody else's. */
  noteErrors(): void {
    this.#hasErrors = true
  }

  /** Takes over how another request's answer, which this one gets, came about. */
  adopt(other: OpenRequest): void {
    this.#outcomes = other.#outcomes
    this.#cacheLog = other.#cacheLog
    this.edition = other.edition
  }

  /** How far the answer may be given to others; undefined for not at all. Asked when it is complete. */
  get sharing(): Sharing | undefined {
    if (this.#cacheLog === undefined || this.#hasErrors || this.isExplained) return undefined
    return decideSharing(this.#cacheLog.list(), this.#outcomes?.list() ?? [], Date.now())
  }

  /** In shadow mode: what `sharing` would have been. */
  async shadowedSharing(): Promise<Sharing | undefined> {
    if (this.#cacheLog === undefined || this.#hasErrors) return undefined
    const notes = await this.#cacheLog.listShadowed()
    return notes && decideSharing(notes, this.#outcomes?.list() ?? [], Date.now())
  }

  get isAborted(): boolean {
    return this.#isAborted
  }

  abort(): void {
    this.#isAborted = true
    this.#cancellation?.abort()
  }
}

/** Requests that began between two reloads. */
interface Cohort {
  enter(): void
  leave(): void
  /** No further request will enter. */
  close(): void
  /** When all have left, those of earlier cohorts, too. */
  readonly ended: Promise<void>
}

function createCohort(earlier: Promise<void>): Cohort {
  const { promise, resolve } = Promise.withResolvers<void>()
  let count = 0
  let isClosed = false
  const check = () => {
    if (isClosed && count === 0) resolve()
  }
  return {
    enter: () => {
      count += 1
    },
    leave: () => {
      count -= 1
      check()
    },
    close: () => {
      isClosed = true
      check()
    },
    ended: promise.then(() => earlier),
  }
}

const noHeaders: Readonly<Record<string, string>> = Object.freeze({})

function readForwardedHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  let headers: Record<string, string> | undefined
  for (const name of forwardedHeaders) {
    const value = request.headers[name]
    if (typeof value !== 'string') continue
    headers ??= {}
    headers[name] = value
  }
  return headers ?? noHeaders
}
