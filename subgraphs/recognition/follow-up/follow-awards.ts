import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearnerId } from '../../../schema/index.js'
import type { AwardFact, RecognitionEvent } from '../domain/recognition-event.js'
import type { StackCause } from '../domain/stack-transition.js'
import type { StackEvaluator } from '../re-evaluation/stack-evaluator.js'
import { appendEvents } from '../store/outbox/append-events.js'
import { loadStacks } from './load-stacks.js'
import { progressPathways } from './progress-pathways.js'
import { reevaluateLearners } from './reevaluate-learners.js'

/** Name of the follower that keeps stacks and pathways up to date. */
export const stackFollower = 'stacks'

/**
 * What follows from changes of awards: the stacks and pathways of the learners concerned are looked at again, and what
 * changed of them is written and told. Belongs into the transaction that moves the follower's position.
 */
export async function followAwards(
  em: EntityManager,
  events: readonly RecognitionEvent[],
  evaluator: StackEvaluator,
  now: Date,
): Promise<void> {
  const causes = new Map<LearnerId, StackCause>()
  for (const { id, learnerId, fact } of events) {
    if (!isAwardFact(fact)) continue
    const { kind: eventKind, awardId } = fact
    causes.set(learnerId, { kind: 'EVENT', eventId: id, eventKind, awardId })
  }
  if (causes.size === 0) return
  const learnerIds = [...causes.keys()]
  const { events: stackEvents } = await reevaluateLearners(em, {
    learnerIds,
    stacks: await loadStacks(em),
    evaluator,
    now,
    causeOf: (learnerId) => causes.get(learnerId) as StackCause,
  })
  const pathwayEvents = await progressPathways(em, learnerIds, now)
  await appendEvents(em, [...stackEvents, ...pathwayEvents])
}

function isAwardFact(fact: RecognitionEvent['fact']): fact is AwardFact {
  return fact.kind.startsWith('award.')
}
