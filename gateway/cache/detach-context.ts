import { anonymousPrincipal } from '../../schema/index.js'
import { Cancellation, type CancelSignal } from '../engine/cancellation.js'
import type { OutcomeLog, RequestContext } from '../engine/request-context.js'

const noOutcomes: OutcomeLog = { record: () => {}, list: () => [] }

/**
 * A context for a fetch that several requests wait for: it goes on when the one that began it is gone, has a deadline
 * of its own and nobody's identity, because what it brings is for everybody.
 */
export function detachContext(context: RequestContext, deadlineAt: number): RequestContext {
  return new DetachedContext(context, deadlineAt)
}

class DetachedContext implements RequestContext {
  readonly #first: RequestContext
  readonly deadlineAt: number
  readonly headers: Readonly<Record<string, string>>
  readonly outcomes = noOutcomes
  readonly principal = anonymousPrincipal
  #signal: CancelSignal | undefined

  constructor(first: RequestContext, deadlineAt: number) {
    this.#first = first
    this.deadlineAt = deadlineAt
    this.headers = first.headers
  }

  get requestId(): string {
    return this.#first.requestId
  }

  get signal(): CancelSignal {
    this.#signal ??= new Cancellation()
    return this.#signal
  }
}
