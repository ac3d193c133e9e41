import type { EntityManager } from '@mikro-orm/postgresql'
import type { StackEvaluator } from '../re-evaluation/stack-evaluator.js'
import { lockDueLearners } from '../store/learner-due.store.js'
import { appendEvents } from '../store/outbox/append-events.js'
import { loadStacks } from './load-stacks.js'
import { reevaluateLearners } from './reevaluate-learners.js'

const learnersPerBatch = 500

/**
 * What follows from the date alone, in one transaction: the stacks of learners that are due are looked at again, and what
 * changed is written and told. Returns whether there may be more to do.
 */
export function followDates(
  em: EntityManager,
  evaluator: StackEvaluator,
  now: Date,
): Promise<boolean> {
  return em.fork().transactional(async (transaction) => {
    const date = now.toISOString().slice(0, 10)
    const learnerIds = await lockDueLearners(transaction, date, learnersPerBatch)
    if (learnerIds.length === 0) return false
    const { events } = await reevaluateLearners(transaction, {
      learnerIds,
      stacks: await loadStacks(transaction),
      evaluator,
      now,
      causeOf: () => ({ kind: 'DATE', date }),
    })
    await appendEvents(transaction, events)
    return true
  })
}
