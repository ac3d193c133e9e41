import type { StackedCredentialId } from '../../../schema/index.js'
import { type CompiledStack, evaluateAllStacks } from './evaluate-all-stacks.js'
import type { StackableAward, StackEvaluation } from './stacking/stack-evaluation.js'

/** One learner's awards, as far as evaluation reads them. Nothing of it names the learner. */
export interface LearnerHistory {
  readonly awards: readonly StackableAward[]
  /** Stacked credentials complete so far, with the ISO instant since when. */
  readonly completedAt: readonly (readonly [StackedCredentialId, string])[]
}

/** Evaluates every stack for each of these learners, in their order; of one learner in the order of completion. */
export function evaluateLearners(
  stacks: readonly CompiledStack[],
  histories: readonly LearnerHistory[],
  date: string,
): readonly (readonly StackEvaluation[])[] {
  return histories.map(({ awards, completedAt }) => [
    ...evaluateAllStacks(stacks, awards, new Map(completedAt), date).values(),
  ])
}
