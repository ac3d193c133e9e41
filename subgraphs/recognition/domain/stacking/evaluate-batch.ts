import type { AwardId, LearnerId, StackedCredentialId } from '../../../../schema/index.js'
import type { DecimalText } from '../decimal.js'
import type { CompiledRule } from './compile-rule.js'
import { evaluateCompiled } from './evaluate-stack.js'
import type { StackableAward, StackEvaluation, StackOutcome } from './stack-evaluation.js'

/** One learner's awards, as far as evaluation reads them. */
export interface LearnerHistory {
  readonly learnerId: LearnerId
  readonly awards: readonly StackableAward[]
  /** Awards that count towards other stacked credentials, and which. */
  readonly usedElsewhere: readonly (readonly [AwardId, StackedCredentialId])[]
}

/** Where a learner stands, in few words: what is stored, compared and told in events. */
export interface StackStanding {
  readonly learnerId: LearnerId
  readonly outcome: StackOutcome | 'UNDECIDED'
  readonly ectsCounted: DecimalText
  readonly requirementsMet: number
  readonly requirementsTotal: number
  /** Awards that count, ordered by id. */
  readonly awardIds: readonly AwardId[]
}

/** Steps of search for one learner among many; more than any usual history takes. */
const batchMaxSteps = 20_000

/** Evaluates learners one after the other with a rule prepared once; answers in their order. */
export function evaluateBatch(
  compiled: CompiledRule,
  histories: readonly LearnerHistory[],
  date: string,
): readonly StackStanding[] {
  return histories.map(({ learnerId, awards, usedElsewhere }) => {
    const evaluation = evaluateCompiled(compiled, awards, {
      date,
      usedElsewhere: new Map(usedElsewhere),
      maxSteps: batchMaxSteps,
    })
    return toStanding(learnerId, evaluation, compiled.requirements.length)
  })
}

/** An evaluation in few words. */
export function toStanding(
  learnerId: LearnerId,
  evaluation: StackEvaluation,
  requirementsTotal: number,
): StackStanding {
  if (evaluation.kind === 'UNDECIDED') {
    const nothing = { ectsCounted: '0', requirementsMet: 0, requirementsTotal, awardIds: [] }
    return { learnerId, outcome: 'UNDECIDED', ...nothing }
  }
  return {
    learnerId,
    outcome: evaluation.outcome,
    ectsCounted: evaluation.ectsCounted,
    requirementsMet: evaluation.requirements.filter(({ isMet }) => isMet).length,
    requirementsTotal,
    awardIds: evaluation.uses.map(({ awardId }) => awardId),
  }
}
