import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearnerId, StackedCredentialId } from '../../../schema/index.js'
import type { StackEvaluator } from '../re-evaluation/stack-evaluator.js'
import { appendEvents } from '../store/outbox/append-events.js'
import {
  advanceRuleEvaluation,
  findNextLearners,
  lockOpenRuleEvaluation,
} from '../store/rule-evaluation.store.js'
import { loadStacks } from './load-stacks.js'
import { reevaluateLearners } from './reevaluate-learners.js'

/** Learners of one transaction: a few megabytes, and a second at most under the lock of the outbox. */
const learnersPerBatch = 500

/**
 * Goes on with the oldest re-evaluation that a published rule has asked for, by one batch of learners and in one
 * transaction. Returns whether there may be more to do.
 */
export function runRuleEvaluation(
  em: EntityManager,
  evaluator: StackEvaluator,
  now: Date,
): Promise<boolean> {
  return em.fork().transactional(async (transaction) => {
    const open = await lockOpenRuleEvaluation(transaction)
    if (!open) return false
    const learnerIds = await findNextLearners(transaction, open.afterLearnerId, learnersPerBatch)
    const { transitions, events } = await reevaluateLearners(transaction, {
      learnerIds: learnerIds as readonly LearnerId[],
      stacks: await loadStacks(transaction),
      evaluator,
      now,
      causeOf: () => ({
        kind: 'RULE',
        stackedCredentialId: open.stackedCredentialId as StackedCredentialId,
      }),
    })
    await advanceRuleEvaluation(transaction, open, {
      afterLearnerId: learnerIds.at(-1) ?? open.afterLearnerId,
      learnersDone: learnerIds.length,
      stacksChanged: transitions.length,
      // A full batch may be the last one: the next, empty one finds out.
      finishedAt: learnerIds.length < learnersPerBatch ? now : null,
    })
    await appendEvents(transaction, events)
    return true
  })
}
