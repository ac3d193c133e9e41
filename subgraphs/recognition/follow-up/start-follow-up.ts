import type { EntityManager } from '@mikro-orm/postgresql'
import type { Logger } from '../../../infra/runtime/index.js'
import { followBatch } from '../store/outbox/follow-batch.js'
import { type RunningWorker, startWorker } from '../store/start-worker.js'
import { followAwards, stackFollower } from './follow-awards.js'
import { runRuleEvaluation } from './run-rule-evaluation.js'

export interface FollowUpOptions {
  readonly em: EntityManager
  readonly now: () => Date
  readonly log: Logger
  /** How often to look when nobody wakes it: another process may have committed. */
  readonly pollMs: number
}

const eventsPerBatch = 200

/**
 * Keeps stacks and pathways up to date: right after a commit when woken, on a timer, and at the start with whatever an
 * earlier process left undone. Every piece of work is one transaction.
 */
export function startFollowUp({ em, now, log, pollMs }: FollowUpOptions): RunningWorker {
  return startWorker({
    name: stackFollower,
    pollMs,
    log,
    step: async () => {
      const { handled } = await followBatch(em, {
        name: stackFollower,
        limit: eventsPerBatch,
        handle: (transaction, events) => followAwards(transaction, events, now()),
      })
      if (handled > 0) return true
      // Awards first: a learner sees what follows from today before all have been looked at for a new rule.
      return runRuleEvaluation(em, now())
    },
  })
}
