import type { EntityManager } from '@mikro-orm/postgresql'
import type { Logger } from '../../../infra/runtime/index.js'
import {
  createStackEvaluator,
  type StackEvaluatorOptions,
} from '../re-evaluation/stack-evaluator.js'
import { followBatch } from '../store/outbox/follow-batch.js'
import { type RunningWorker, startWorker } from '../store/start-worker.js'
import { followAwards, stackFollower } from './follow-awards.js'
import { followDates } from './follow-dates.js'
import { runRuleEvaluation } from './run-rule-evaluation.js'

export interface FollowUpOptions {
  readonly em: EntityManager
  readonly now: () => Date
  readonly log: Logger
  /** How often to look when nobody wakes it: another process may have committed. */
  readonly pollMs: number
  /** Where many learners are evaluated. */
  readonly evaluation: StackEvaluatorOptions
}

const eventsPerBatch = 200

/**
 * Keeps stacks and pathways up to date with awards, rules and the calendar: right after a commit when woken, on a timer, and at the start with whatever an
 * earlier process left undone. Every piece of work is one transaction.
 */
export function startFollowUp({
  em,
  now,
  log,
  pollMs,
  evaluation,
}: FollowUpOptions): RunningWorker {
  const evaluator = createStackEvaluator(evaluation)
  const worker = startWorker({
    name: stackFollower,
    pollMs,
    log,
    step: async () => {
      const { handled } = await followBatch(em, {
        name: stackFollower,
        limit: eventsPerBatch,
        handle: (transaction, events) => followAwards(transaction, events, evaluator, now()),
      })
      if (handled > 0) return true
      // Awards first: a learner sees what follows from today before all have been looked at for a new rule.
      if (await runRuleEvaluation(em, evaluator, now())) return true
      if (await followDates(em, evaluator, now())) return true
      await evaluator.rest()
      return false
    },
  })
  return {
    ...worker,
    stop: async () => {
      await worker.stop()
      await evaluator.rest()
    },
  }
}
