import { HubError } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer } from '../engine/subgraph-client.js'
import { copyJson } from './copy-json.js'
import { type AnswerOrigin, describeOrigin } from './read-answer.js'

export interface CallWaitersOptions {
  readonly origin: AnswerOrigin
  readonly now: () => number
  /** When the call itself ends, on the clock of `now`. Only earlier deadlines need a timer of their own. */
  readonly deadlineAt: number
  /** Called when nobody needs the answer any more; `reason` says why. The call should then end with that reason. */
  readonly onEmpty: (reason: HubError) => void
}

/** The requests that wait for one shared call. */
export interface CallWaiters {
  /** Waits for the call, until the context's deadline or abort, whichever comes first. */
  add(context: RequestContext): Promise<SubgraphAnswer>
  /** Gives the answer to all: the first gets it as it is, every other a copy. */
  answer(answer: SubgraphAnswer): void
  fail(error: unknown): void
  count(): number
}

interface Waiter {
  readonly resolve: (answer: SubgraphAnswer) => void
  readonly reject: (error: unknown) => void
  /** Ends its timer and its listener. */
  readonly release: () => void
}

export function createCallWaiters(options: CallWaitersOptions): CallWaiters {
  const { origin, now, onEmpty } = options
  const waiters = new Set<Waiter>()

  function leave(waiter: Waiter, reason: HubError): void {
    if (!waiters.delete(waiter)) return
    waiter.release()
    waiter.reject(reason)
    if (waiters.size === 0) onEmpty(reason)
  }

  /**
   * The last waiter ends with its call, not before: so that a breaker has counted the timeout before the next query
   * comes.
   */
  function expire(waiter: Waiter, reason: HubError): void {
    if (waiters.size === 1 && waiters.has(waiter)) onEmpty(reason)
    else leave(waiter, reason)
  }

  /** Takes all waiters out, so that none is settled twice. */
  function releaseAll(): readonly Waiter[] {
    const all = [...waiters]
    waiters.clear()
    for (const { release } of all) release()
    return all
  }

  return {
    add({ signal, deadlineAt }) {
      return new Promise((resolve, reject) => {
        const onAbort = (): void => leave(waiter, new HubError('REQUEST_ABORTED', origin))
        const timer = deadlineAt < options.deadlineAt ? startTimer(deadlineAt - now()) : undefined
        function startTimer(budgetMs: number): NodeJS.Timeout {
          return setTimeout(() => expire(waiter, toTimeout(origin, budgetMs)), budgetMs)
        }
        function release(): void {
          clearTimeout(timer)
          signal.removeEventListener('abort', onAbort)
        }
        const waiter: Waiter = { resolve, reject, release }
        signal.addEventListener('abort', onAbort, { once: true })
        waiters.add(waiter)
      })
    },
    answer(answer) {
      const [first, ...others] = releaseAll()
      // All copies are made here, before any caller runs and changes its data.
      for (const { resolve, reject } of others) {
        try {
          resolve(copyAnswer(answer))
        } catch (cause) {
          // Nested deeper than the stack: parsing it needs no stack, copying does.
          reject(toUncopyable(origin, cause))
        }
      }
      first?.resolve(answer)
    },
    fail(error) {
      for (const { reject } of releaseAll()) reject(error)
    },
    count: () => waiters.size,
  }
}

function copyAnswer({ data, errors, freshness }: SubgraphAnswer): SubgraphAnswer {
  return {
    ...(data !== undefined && { data: copyJson(data) }),
    ...(errors !== undefined && { errors: copyJson(errors) }),
    ...(freshness !== undefined && { freshness }),
  }
}

function toTimeout(origin: AnswerOrigin, budgetMs: number): HubError {
  const timeoutMs = Math.max(0, Math.round(budgetMs))
  const message = `${describeOrigin(origin)} did not answer within ${timeoutMs} ms`
  return new HubError('SUBGRAPH_TIMEOUT', { ...origin, message, timeoutMs })
}

function toUncopyable(origin: AnswerOrigin, cause: unknown): HubError {
  const message = `${describeOrigin(origin)} answered with data nested too deep`
  return new HubError('SUBGRAPH_ANSWER_INVALID', { ...origin, message, cause })
}
