import type { AwardId, StackedCredentialId } from '../../../schema/index.js'
import { type CompiledRule, compileRule } from './stacking/compile-rule.js'
import { evaluateCompiled } from './stacking/evaluate-stack.js'
import type { StackableAward, StackEvaluation } from './stacking/stack-evaluation.js'
import type { StackingRule } from './stacking/stacking-rule.js'

/** A stacked credential's rule, prepared once. */
export interface CompiledStack {
  readonly id: StackedCredentialId
  readonly compiled: CompiledRule
}

export function compileStack(rule: StackingRule): CompiledStack {
  return { id: rule.id, compiled: compileRule(rule) }
}

/**
 * Where one learner stands towards each of these stacked credentials.
 *
 * Credits that a rule lets count only once belong to what was completed first: stacks are evaluated in the order of
 * their completion, those that are not complete last, by id. What is still open binds nothing, so a learner sees for
 * each stack what it could become.
 *
 * @param completedAt - ISO instant since when a stack is complete, for those that are.
 * @param date - ISO date.
 */
export function evaluateAllStacks(
  stacks: readonly CompiledStack[],
  awards: readonly StackableAward[],
  completedAt: ReadonlyMap<StackedCredentialId, string>,
  date: string,
): ReadonlyMap<StackedCredentialId, StackEvaluation> {
  const usedElsewhere = new Map<AwardId, StackedCredentialId>()
  const evaluations = new Map<StackedCredentialId, StackEvaluation>()
  for (const { id, compiled } of inOrderOfCompletion(stacks, completedAt)) {
    const evaluation = evaluateCompiled(compiled, awards, { date, usedElsewhere })
    evaluations.set(id, evaluation)
    if (evaluation.kind !== 'DECIDED' || evaluation.outcome !== 'FULFILLED') continue
    for (const { awardId } of evaluation.uses) {
      if (!usedElsewhere.has(awardId)) usedElsewhere.set(awardId, id)
    }
  }
  return evaluations
}

function inOrderOfCompletion(
  stacks: readonly CompiledStack[],
  completedAt: ReadonlyMap<StackedCredentialId, string>,
): readonly CompiledStack[] {
  // Later than every ISO instant.
  const open = '~'
  const keyOf = ({ id }: CompiledStack) => `${completedAt.get(id) ?? open} ${id}`
  return [...stacks].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
}
