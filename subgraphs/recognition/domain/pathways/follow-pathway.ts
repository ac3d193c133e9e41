import type { OpportunityId } from '../../../../schema/index.js'
import { sumDecimals } from '../decimal.js'
import { type LearningPathway, type PathwayStep, totalEcts } from '../learning-pathway.js'
import { assignAwards } from './assign-awards.js'
import { estimateEffort } from './estimate-effort.js'
import { compareStarts, opennessOf } from './offer.js'
import type {
  Alternative,
  PathwayFacts,
  PathwayProgress,
  StepProgress,
} from './pathway-progress.js'

/**
 * Follows a learner along a pathway. An award serves one step only; where it fits several, it goes where the most steps
 * are done. On a `RIGID` pathway a step opens when the one before it is done; on others steps are taken in any order.
 */
export function followPathway(pathway: LearningPathway, facts: PathwayFacts): PathwayProgress {
  const valid = facts.awards.filter(
    ({ status, awardedOn }) => status === 'VALID' && awardedOn <= facts.date,
  )
  const used = assignAwards(pathway.steps, valid)
  const earned = new Set<OpportunityId>(valid.map(({ opportunityId }) => opportunityId))
  const steps: StepProgress[] = []
  for (const [index, step] of pathway.steps.entries()) {
    const completed = (used[index] ?? []).map(({ id, opportunityId }) => ({
      opportunityId,
      awardId: id,
    }))
    const missing = Math.max(0, step.chooseAtLeast - completed.length)
    const before = steps.filter(({ state, required }) => required && state !== 'DONE')
    const waitsFor = pathway.type === 'RIGID' ? before.map(({ position }) => position) : []
    steps.push({
      position: step.position,
      required: step.required,
      state: missing === 0 ? 'DONE' : waitsFor.length > 0 ? 'LOCKED' : 'OPEN',
      waitsFor: missing === 0 ? [] : waitsFor,
      completed,
      missing,
      alternatives: missing === 0 ? [] : listAlternatives(step, { completed, earned, facts }),
    })
  }
  const open = pathway.steps.filter((_, index) => steps[index]?.state !== 'DONE')
  return {
    steps,
    isComplete: steps.every(({ state, required }) => state === 'DONE' || !required),
    nextSteps: steps.flatMap(({ state, position, alternatives }) =>
      state === 'OPEN' && alternatives.some(({ prerequisites }) => prerequisites.length === 0)
        ? [position]
        : [],
    ),
    ectsEarned: sumDecimals(used.flat().map(({ ects }) => ects)),
    ectsTotal: totalEcts(pathway),
    remaining: estimateEffort(open, steps, facts),
    total: estimateEffort(pathway.steps, [], facts),
  }
}

interface StepFacts {
  readonly completed: readonly { readonly opportunityId: OpportunityId }[]
  readonly earned: ReadonlySet<OpportunityId>
  readonly facts: PathwayFacts
}

function listAlternatives(
  step: PathwayStep,
  { completed, earned, facts }: StepFacts,
): Alternative[] {
  const done = new Set(completed.map(({ opportunityId }) => opportunityId))
  return step.opportunityIds
    .filter((id) => !done.has(id))
    .map((opportunityId) => ({
      opportunityId,
      prerequisites: (facts.prerequisites.get(opportunityId) ?? []).filter((id) => !earned.has(id)),
      openOfferings: facts.offers
        .filter((offer) => offer.opportunityId === opportunityId)
        .filter((offer) => opennessOf(offer, facts.date) === 'OPEN')
        .sort(compareStarts)
        .map(({ offeringId }) => offeringId),
    }))
}
