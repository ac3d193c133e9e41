import type { OpportunityId } from '../../../../schema/index.js'
import { compareDecimals } from '../decimal.js'
import type { CompiledRule } from '../stacking/compile-rule.js'
import type { CompletionCandidate } from '../stacking/completion.js'
import { evaluateCompiled } from '../stacking/evaluate-stack.js'
import { toFutureAward } from '../stacking/future-award.js'
import type { EvaluationContext, StackableAward } from '../stacking/stack-evaluation.js'
import type { Offer } from './offer.js'
import type { PathwayProgress } from './pathway-progress.js'
import type { OfferGain } from './recommend-next.js'

const nothing: OfferGain = { permille: 0, serves: [] }

/**
 * How much of what a stack still misses an offer would close: evaluated with and without it, on the day it would be
 * awarded. Each open requirement counts the same; what is closed of it counts in thousandths.
 *
 * @param candidateOf - What the offer would become; null where it leads to no micro-credential.
 */
export function gainTowardsStack(
  compiled: CompiledRule,
  awards: readonly StackableAward[],
  candidateOf: (offer: Offer) => CompletionCandidate | null,
  context: EvaluationContext,
): (offer: Offer) => OfferGain {
  return (offer) => {
    const candidate = candidateOf(offer)
    if (candidate === null) return nothing
    const date = candidate.expectedOn > context.date ? candidate.expectedOn : context.date
    const then = { ...context, date }
    const before = evaluateCompiled(compiled, awards, then)
    const after = evaluateCompiled(compiled, [...awards, toFutureAward(candidate, 0)], then)
    if (before.kind === 'UNDECIDED' || after.kind === 'UNDECIDED') return nothing
    const open = before.requirements.filter(({ isMet }) => !isMet)
    const serves: string[] = []
    let closed = 0
    for (const { requirementId, missing } of open) {
      const left = after.requirements.find((result) => result.requirementId === requirementId)
      if (left === undefined || compareDecimals(left.missing, missing) >= 0) continue
      serves.push(requirementId)
      closed += 1_000 - Math.floor((Number(left.missing) * 1_000) / Number(missing))
    }
    return open.length === 0 ? nothing : { permille: Math.floor(closed / open.length), serves }
  }
}

/** How much of a pathway's open required steps an offer would close: one place of those a step still asks for. */
export function gainOnPathway(progress: PathwayProgress): (offer: Offer) => OfferGain {
  const open = progress.steps.filter(({ state, required }) => required && state !== 'DONE')
  const places = open.reduce((sum, { missing }) => sum + missing, 0)
  return ({ opportunityId }) => {
    const step = progress.steps.find(
      ({ state, alternatives }) => state === 'OPEN' && isPossible(opportunityId, alternatives),
    )
    if (step === undefined || places === 0) return nothing
    return {
      permille: step.required ? Math.floor(1_000 / places) : 1,
      serves: [`step ${step.position}`],
    }
  }
}

function isPossible(
  opportunityId: OpportunityId,
  alternatives: PathwayProgress['steps'][number]['alternatives'],
): boolean {
  return alternatives.some(
    (alternative) =>
      alternative.opportunityId === opportunityId && alternative.prerequisites.length === 0,
  )
}
