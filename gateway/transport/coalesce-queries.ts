import { createTransientMap } from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'
import { Cancellation, type CancelSignal } from '../engine/cancellation.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer, SubgraphClient, SubgraphRequest } from '../engine/subgraph-client.js'
import { type CallWaiters, createCallWaiters } from './call-waiters.js'
import type { RequestPrinter } from './print-request-body.js'
import type { AnswerOrigin } from './read-answer.js'
import { printHeaderKey } from './request-headers.js'

export interface CoalescingRules {
  /** A call older than this is not joined any more. Bounds how old shared data, and how late a stuck call's end, can be. */
  readonly joinWithinMs: number
  /** Most calls that can be joined at a time; further ones are made alone. */
  readonly maximumCalls: number
  /** Most requests that wait for one call; the next one makes a new call. */
  readonly maximumWaiters: number
}

export const defaultCoalescingRules: CoalescingRules = {
  joinWithinMs: 250,
  maximumCalls: 10_000,
  maximumWaiters: 1_000,
}

export interface CoalescingOptions {
  readonly origin: AnswerOrigin
  /** Longest that a shared call may take, in ms; each request's own deadline may be sooner. */
  readonly timeoutMs: number
  /** The printer of the client below: what is compared is what would be sent. */
  readonly print: RequestPrinter
  /** Who asks, as the subgraph will see it; default nobody. Requests of different callers are never shared. */
  readonly printCaller?: (context: RequestContext) => string
  readonly rules?: CoalescingRules
  /** Milliseconds of the clock `deadlineAt` is measured on; default `performance.now`. */
  readonly now?: () => number
}

interface SharedCall {
  readonly startedAt: number
  readonly waiters: CallWaiters
}

/** A deadline this little before the call's own limit becomes the limit: then one timer does for both. */
const deadlineSlackMs = 25

/**
 * Lets identical queries under way at the same time share one call. Identical: the same body to the last byte and the
 * same headers except the trace's, from the same caller where the subgraph is told who that is. Each request gets data of its own, keeps its own deadline and may leave without
 * disturbing the others; the call ends early when the last one has left.
 *
 * Only for clients whose answers depend on body and headers alone, so not around the fan-out, which also writes to
 * `context.outcomes`.
 */
export function coalesceQueries(
  client: SubgraphClient,
  options: CoalescingOptions,
): SubgraphClient {
  const { origin, timeoutMs, print, printCaller, rules = defaultCoalescingRules } = options
  const { now = () => performance.now() } = options
  const joinable = createTransientMap<string, SharedCall>()

  function begin(key: string, request: SubgraphRequest, context: RequestContext): SharedCall {
    const startedAt = now()
    const deadlineAt = chooseDeadline(startedAt + timeoutMs, context.deadlineAt)
    const cancellation = new Cancellation()
    function close(): void {
      if (joinable.get(key) === call) joinable.delete(key)
    }
    const waiters = createCallWaiters({
      origin,
      now,
      deadlineAt,
      onEmpty: (reason) => {
        close()
        cancellation.abort(reason)
      },
    })
    const call: SharedCall = { startedAt, waiters }
    if (joinable.size < rules.maximumCalls || joinable.has(key)) joinable.set(key, call)
    client.execute(request, new SharedContext(context, cancellation, deadlineAt)).then(
      (answer) => {
        close()
        waiters.answer(answer)
      },
      (error: unknown) => {
        close()
        waiters.fail(error)
      },
    )
    return call
  }

  function canBeJoined(call: SharedCall): boolean {
    const isYoung = now() - call.startedAt <= rules.joinWithinMs
    return isYoung && call.waiters.count() < rules.maximumWaiters
  }

  async function executeMutation(
    request: SubgraphRequest,
    context: RequestContext,
  ): Promise<SubgraphAnswer> {
    try {
      return await client.execute(request, context)
    } finally {
      // A query asked from now on must see what the mutation did; those under way may have read before it.
      joinable.clear()
    }
  }

  return {
    execute(request, context) {
      if (request.operationType !== 'query') return executeMutation(request, context)
      if (context.signal.aborted) {
        return Promise.reject(new HubError('REQUEST_ABORTED', origin))
      }
      // A caller is one word, so the space tells where it ends.
      const caller = printCaller === undefined ? '' : `${printCaller(context)} `
      const key = `${printHeaderKey(context)}${caller}${print(request).key}`
      const known = joinable.get(key)
      const isJoining = known !== undefined && canBeJoined(known)
      const call = isJoining ? known : begin(key, request, context)
      return call.waiters.add(context)
    },
  }
}

function chooseDeadline(latestAt: number, firstDeadlineAt: number): number {
  const isNear = firstDeadlineAt < latestAt && latestAt - firstDeadlineAt <= deadlineSlackMs
  return isNear ? firstDeadlineAt : latestAt
}

/**
 * The first request's context with the call's own end. Its other parts may be made when first read, so they are not
 * copied; a class, because an object literal with getters takes twenty times as long to make.
 */
class SharedContext implements RequestContext {
  readonly #first: RequestContext
  readonly signal: CancelSignal
  readonly deadlineAt: number
  readonly headers: Readonly<Record<string, string>>

  constructor(first: RequestContext, signal: CancelSignal, deadlineAt: number) {
    this.#first = first
    this.signal = signal
    this.deadlineAt = deadlineAt
    this.headers = first.headers
  }

  get requestId(): string {
    return this.#first.requestId
  }

  get principal(): RequestContext['principal'] {
    return this.#first.principal
  }

  get outcomes(): RequestContext['outcomes'] {
    return this.#first.outcomes
  }
}
