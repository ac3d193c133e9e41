import { buildDecision } from './build-decision.js'
import type { CompiledRule } from './compile-rule.js'
import { compileRule } from './compile-rule.js'
import { countPlaces, type EctsScale, maxPlaces, maxScaled, toScaled } from './scaled-ects.js'
import { screenAwards } from './screen-awards.js'
import { buildSelectionProblem } from './selection-problem.js'
import { solveSelection } from './solve-selection.js'
import type {
  EvaluationContext,
  StackableAward,
  StackEvaluation,
  UndecidedStack,
} from './stack-evaluation.js'
import type { StackingRule } from './stacking-rule.js'

/** More awards of one learner than this are not evaluated. */
export const maxAwards = 1_000

const defaultMaxSteps = 200_000

/**
 * Where a learner stands towards a stacked credential: pure, exact, the same for the same input in any order.
 *
 * @param awards - All awards of one learner; which of them count is part of the answer.
 * @see solveSelection for which of several equally good selections it is.
 */
export function evaluateStack(
  rule: StackingRule,
  awards: readonly StackableAward[],
  context: EvaluationContext,
): StackEvaluation {
  return evaluateCompiled(compileRule(rule), awards, context)
}

/** The same with a rule prepared once, for many learners. */
export function evaluateCompiled(
  compiled: CompiledRule,
  awards: readonly StackableAward[],
  context: EvaluationContext,
): StackEvaluation {
  const { rule } = compiled
  if (awards.length > maxAwards) return undecided('TOO_MANY_AWARDS', maxAwards)
  const screened = screenAwards(compiled, awards, context)
  const scale = findScale(compiled, screened.countable)
  if (scale === null) return undecided('TOO_PRECISE', maxPlaces)
  const { countable } = screened
  const problem = buildSelectionProblem(compiled, countable, context.date, scale)
  const maxSteps = context.maxSteps ?? defaultMaxSteps
  const selection = solveSelection(problem, maxSteps)
  if (selection === null) return undecided('SEARCH_BOUND_EXCEEDED', maxSteps)
  return buildDecision({ compiled, problem, selection, screened, scale, date: context.date })

  function undecided(code: UndecidedStack['code'], limit: number): UndecidedStack {
    const { id, version } = rule
    return {
      kind: 'UNDECIDED',
      stackedCredentialId: id,
      ruleVersion: version,
      date: context.date,
      code,
      limit,
    }
  }
}

/** The coarsest unit in which all credits are whole; null when there is none small enough to add up exactly. */
export function findScale(
  compiled: CompiledRule,
  awards: readonly StackableAward[],
): EctsScale | null {
  let { places } = compiled
  for (const { ects } of awards) places = Math.max(places, countPlaces(ects))
  if (places > maxPlaces) return null
  const scale = { places }
  return awards.every(({ ects }) => toScaled(ects, scale) <= maxScaled) ? scale : null
}
