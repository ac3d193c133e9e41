import type { AwardId, StackedCredentialId } from '../../../schema/index.js'
import type { StackedCredential, StackState } from './stacked-credential.js'
import type { CompiledRule } from './stacking/compile-rule.js'
import { evaluateCompiled } from './stacking/evaluate-stack.js'
import type { StackableAward, StackEvaluation } from './stacking/stack-evaluation.js'

/** A stacked credential with its rule prepared once. */
export interface CompiledStack {
  readonly definition: StackedCredential
  readonly compiled: CompiledRule
}

/**
 * Where one learner stands towards each of these stacked credentials.
 *
 * Credits that a rule lets count only once belong to what was completed first: stacks are evaluated in the order of
 * their completion, those that are not complete last, by id. What is still open binds nothing, so a learner sees for
 * each stack what it could become.
 *
 * @param before - The learner's states after the last evaluation.
 * @param date - ISO date.
 */
export function evaluateAllStacks(
  stacks: readonly CompiledStack[],
  awards: readonly StackableAward[],
  before: ReadonlyMap<StackedCredentialId, StackState>,
  date: string,
): ReadonlyMap<StackedCredentialId, StackEvaluation> {
  const usedElsewhere = new Map<AwardId, StackedCredentialId>()
  const evaluations = new Map<StackedCredentialId, StackEvaluation>()
  for (const { definition, compiled } of inOrderOfCompletion(stacks, before)) {
    const evaluation = evaluateCompiled(compiled, awards, { date, usedElsewhere })
    evaluations.set(definition.id, evaluation)
    if (evaluation.kind !== 'DECIDED' || evaluation.outcome !== 'FULFILLED') continue
    for (const { awardId } of evaluation.uses) {
      if (!usedElsewhere.has(awardId)) usedElsewhere.set(awardId, definition.id)
    }
  }
  return evaluations
}

function inOrderOfCompletion(
  stacks: readonly CompiledStack[],
  before: ReadonlyMap<StackedCredentialId, StackState>,
): readonly CompiledStack[] {
  // Later than every ISO instant.
  const open = '~'
  const keyOf = ({ definition: { id } }: CompiledStack) =>
    `${before.get(id)?.completedAt ?? open} ${id}`
  return [...stacks].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
}
