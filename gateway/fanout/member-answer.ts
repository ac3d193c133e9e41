import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer } from '../engine/subgraph-client.js'
import type { FieldFailure } from './field-answer.js'

/** A member's answer, from it or from what was kept of it. */
export interface MemberAnswer extends SubgraphAnswer {
  /** Age in seconds of the oldest part, when a part is beyond its time. */
  readonly staleAgeSeconds?: number
  /** Root fields whose values others hold, too: never changed, copied instead. */
  readonly sharedKeys?: ReadonlySet<string>
  /** Why the member itself did not answer, when something kept stands in for it. */
  readonly failure?: unknown
  /** Set on what was answered at once. */
  readonly standing?: Standing
}

/** Tells whether an answer given at once would be given again. */
export interface Standing {
  /** Whether the same call would be answered now, at once, with the very same. */
  stands(): boolean
  /** Notes that it was answered so once more. */
  note(context: RequestContext): void
}

/** A member's answer that cannot be used, found before it was merged. */
export class MemberFault extends Error {
  readonly failure: FieldFailure

  constructor(failure: FieldFailure) {
    super(failure.reason)
    this.name = 'MemberFault'
    this.failure = failure
  }
}
