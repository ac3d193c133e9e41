import { FeasibilitySearch } from './feasibility-search.js'
import { leaveOutNewest } from './leave-out-newest.js'
import { measureSelection } from './measure-selection.js'
import type { SelectionProblem } from './selection-problem.js'
import { zeros } from './zeros.js'

/** The bit decided for every award, and how far each requirement comes at best. */
export interface Selection {
  readonly choice: number[]
  readonly goals: number[]
}

/**
 * The best selection there is, or null when `maxSteps` steps were not enough to be sure of it.
 *
 * Best means, in this order:
 * 1. as many requirements met as can be;
 * 2. the least missing at the first requirement of the rule, then at the second, and so on;
 * 3. awards gone through from the first of the problem on: not counting goes before counting, and that before serving
 *    a `SINGLE` requirement, an earlier one before a later one.
 *
 * As the newest award comes first, the third says: what counts stays with the oldest awards that do, and a new award
 * never reshuffles a stack that is complete.
 */
export function solveSelection(problem: SelectionProblem, maxSteps: number): Selection | null {
  const search = new FeasibilitySearch(problem, maxSteps)
  const options = problem.awards.map((award) => award.options)
  const best = findGoals(problem, search, options)
  if (best === null) return null
  const choice = leaveOutNewest(problem, search, options, best)
  return choice === null ? null : { choice, goals: best.goals }
}

/** How far each requirement comes in the best selection, with one that shows it. */
function findGoals(
  problem: SelectionProblem,
  search: FeasibilitySearch,
  options: number[],
): Selection | null {
  const needs = problem.requirements.map(({ need }) => need)
  const bound = search.boundReach(options)
  const optimistic = needs.map((need, index) => Math.min(need, bound[index] ?? 0))
  const all = search.find(options, optimistic)
  // Nothing can be better than every requirement at its own bound.
  if (all !== null) return { choice: all, goals: optimistic }
  const certain = [...needs.keys()].filter((index) => (bound[index] ?? 0) < (needs[index] ?? 0))
  const others = [...needs.keys()].filter((index) => !certain.includes(index))
  for (let extra = 0; extra <= others.length; extra += 1) {
    let best: Selection | null = null
    for (const dropped of subsetsOf(others, extra)) {
      const unmet = [...certain, ...dropped].sort((a, b) => a - b)
      const goals = needs.map((need, index) => (unmet.includes(index) ? 0 : need))
      const choice = search.find(options, goals)
      if (search.isExhausted) return null
      if (choice === null) continue
      // What is certainly unmet may come further with one set dropped than with another: compare them all.
      const raised = raiseUnmet(problem, search, options, { choice, goals, bound }, unmet)
      if (raised === null) return null
      if (best === null || isFurther(raised.goals, best.goals)) best = raised
    }
    if (best !== null) return best
  }
  return null
}

/** Whether `goals` comes further at the first requirement where they differ. */
function isFurther(goals: number[], others: number[]): boolean {
  const index = goals.findIndex((goal, place) => goal !== others[place])
  return index >= 0 && (goals[index] ?? 0) > (others[index] ?? 0)
}

/** Brings each unmet requirement, in the order of the rule, as far as it comes without harm to those before it. */
function raiseUnmet(
  problem: SelectionProblem,
  search: FeasibilitySearch,
  options: number[],
  found: Selection & { readonly bound: number[] },
  unmet: readonly number[],
): Selection | null {
  const goals = found.goals.slice()
  let { choice } = found
  const reach = zeros(goals.length)
  const support = zeros(problem.itemCount)
  measureSelection(problem, choice, reach, support)
  for (const index of unmet) {
    goals[index] = reach[index] ?? 0
    const bound = found.bound[index] ?? 0
    // Mostly it is as far as it could come alone already.
    if (bound <= (goals[index] ?? 0)) continue
    const step = stepOf(problem, index)
    const need = problem.requirements[index]?.need ?? 0
    // At once as far as it could come alone, then step by step.
    let next = Math.floor(Math.min(bound, need - 1) / step) * step
    for (;;) {
      if (next <= (goals[index] ?? 0)) next = (goals[index] ?? 0) + step
      if (next >= need || next > bound) break
      const higher = goals.slice()
      higher[index] = next
      const better = search.find(options, higher)
      if (search.isExhausted) return null
      if (better !== null) {
        choice = better
        measureSelection(problem, choice, reach, support)
        goals[index] = reach[index] ?? 0
      } else if (next === (goals[index] ?? 0) + step) break
      else next = 0
    }
  }
  return { choice, goals }
}

/** The least by which amounts of a requirement can differ. */
function stepOf(problem: SelectionProblem, requirement: number): number {
  if (problem.requirements[requirement]?.measure !== 'ECTS') return 1
  let step = 0
  for (const { amountOf, amounts } of problem.awards) {
    const place = amountOf.indexOf(requirement)
    if (place >= 0) step = greatestCommonDivisor(step, amounts[place] ?? 0)
  }
  return step === 0 ? 1 : step
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** All subsets of a size. */
function* subsetsOf(values: readonly number[], size: number): Generator<readonly number[]> {
  if (size === 0) yield []
  else {
    for (let first = 0; first <= values.length - size; first += 1) {
      for (const rest of subsetsOf(values.slice(first + 1), size - 1)) {
        yield [values[first] ?? 0, ...rest]
      }
    }
  }
}
