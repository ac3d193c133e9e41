import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearnerId, OpportunityId } from '../../../schema/index.js'
import type { Award } from '../domain/award.js'
import type { LearningPathway } from '../domain/learning-pathway.js'
import { followPathway } from '../domain/pathways/follow-pathway.js'
import { findAwardsOfLearners } from '../store/award.store.js'
import { type Enrolment, findEnrolments, saveEnrolment } from '../store/enrolment.store.js'
import { findLearners } from '../store/learner.store.js'
import type { NewRecognitionEvent } from '../store/outbox/append-events.js'
import { createRecognitionStore } from '../store/recognition.store.js'

/**
 * Brings the pathways that these learners are on up to date with their awards and returns what is to be told. A step
 * that was completed stays so: a revoked award shows in the stack, while the way that was gone is history.
 */
export async function progressPathways(
  em: EntityManager,
  learnerIds: readonly LearnerId[],
  now: Date,
): Promise<readonly NewRecognitionEvent[]> {
  const enrolments = [...(await findEnrolments(em, learnerIds)).values()]
    .flat()
    .filter(({ state }) => state === 'ENROLLED')
  if (enrolments.length === 0) return []
  const pathwayIds = [...new Set(enrolments.map(({ pathwayId }) => pathwayId))]
  const pathways = await createRecognitionStore(em).findPathways(pathwayIds)
  const awards = await findAwardsOfLearners(em, learnerIds)
  const learners = await findLearners(em, learnerIds)
  const events: NewRecognitionEvent[] = []
  for (const enrolment of enrolments) {
    const pathway = pathways.get(enrolment.pathwayId)
    if (!pathway) continue
    const held = awards.get(enrolment.learnerId) ?? []
    const date = now.toISOString().slice(0, 10)
    const news = listCompletedSteps(pathway, held, date).filter(
      ({ position }) => !enrolment.completedSteps.includes(position),
    )
    if (news.length === 0) continue
    const next = advance(enrolment, pathway, news, now)
    await saveEnrolment(em, next)
    const homeMember = learners.get(enrolment.learnerId)?.homeMember ?? null
    events.push(...toEvents(next, news, homeMember, now))
  }
  return events
}

interface CompletedStep {
  readonly position: number
  readonly opportunityId: OpportunityId
  /** When its last award was made. */
  readonly completedOn: string
}

function listCompletedSteps(
  pathway: LearningPathway,
  awards: readonly Award[],
  date: string,
): readonly CompletedStep[] {
  const facts = { awards, offers: [], prerequisites: new Map(), notionalHours: new Map(), date }
  return followPathway(pathway, facts).steps.flatMap(({ state, position, completed }) => {
    // Oldest first: the one that filled the step is the last.
    const last = state === 'DONE' ? completed.at(-1) : undefined
    const award = awards.find(({ id }) => id === last?.awardId)
    if (!award) return []
    return [{ position, opportunityId: award.opportunityId, completedOn: award.awardedOn }]
  })
}

function advance(
  enrolment: Enrolment,
  { steps }: LearningPathway,
  news: readonly CompletedStep[],
  now: Date,
): Enrolment {
  const completedSteps = [
    ...enrolment.completedSteps,
    ...news.map(({ position }) => position),
  ].sort((left, right) => left - right)
  const isComplete = steps.every(
    ({ required, position }) => !required || completedSteps.includes(position),
  )
  return {
    ...enrolment,
    completedSteps,
    state: isComplete ? 'COMPLETED' : 'ENROLLED',
    endedOn: isComplete ? now.toISOString().slice(0, 10) : null,
    version: enrolment.version + 1,
  }
}

function toEvents(
  enrolment: Enrolment,
  news: readonly CompletedStep[],
  homeMember: string | null,
  now: Date,
): readonly NewRecognitionEvent[] {
  const { learnerId, pathwayId, state, enrolledOn } = enrolment
  const shared = { recordedAt: now.toISOString(), learnerId, homeMember, corrects: null }
  // Enrolling again begins anew, so the day of enrolment is part of what names an event.
  const name = `${learnerId}:${pathwayId}:${enrolledOn}:${enrolment.version}`
  const steps = news.map(({ position, opportunityId, completedOn }) => ({
    ...shared,
    id: `pathway.stepCompleted:${name}:${position}`,
    occurredOn: completedOn,
    fact: { kind: 'pathway.stepCompleted' as const, pathwayId, position, opportunityId },
  }))
  if (state !== 'COMPLETED') return steps
  return [
    ...steps,
    {
      ...shared,
      id: `pathway.completed:${name}`,
      occurredOn:
        news
          .map(({ completedOn }) => completedOn)
          .sort()
          .at(-1) ?? enrolledOn,
      fact: { kind: 'pathway.completed', pathwayId },
    },
  ]
}
