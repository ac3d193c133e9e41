import { outBit, type SelectionProblem } from './selection-problem.js'

/**
 * Measures how far each requirement can come: adds up everything that `options` still allows. For decided awards that
 * is how far it has come.
 *
 * @param support - Filled with the number of awards behind each item.
 */
export function measureSelection(
  problem: SelectionProblem,
  options: number[],
  reach: number[],
  support: number[],
): void {
  reach.fill(0)
  support.fill(0)
  const { requirements, awards } = problem
  for (let index = 0; index < awards.length; index += 1) {
    const allowed = options[index] ?? outBit
    const award = awards[index]
    if (allowed === outBit || award === undefined) continue
    const { amountOf, amounts, amountBits, itemOf, items, itemBits } = award
    for (let k = 0; k < amountOf.length; k += 1) {
      const requirement = amountOf[k] ?? 0
      const bit = amountBits[k] ?? 0
      if (bit === 0 || (allowed & bit) !== 0) {
        reach[requirement] = (reach[requirement] ?? 0) + (amounts[k] ?? 0)
      }
    }
    for (let k = 0; k < itemOf.length; k += 1) {
      const requirement = itemOf[k] ?? 0
      const bit = itemBits[k] ?? 0
      if (bit !== 0 && (allowed & bit) === 0) continue
      const item = items[k] ?? 0
      const behind = support[item] ?? 0
      if (behind === 0) reach[requirement] = (reach[requirement] ?? 0) + 1
      support[item] = behind + 1
    }
  }
  for (let index = 0; index < requirements.length; index += 1) {
    if (requirements[index]?.kind === 'SEQUENCE') {
      reach[index] = followSequence(problem, index, options).length
    }
  }
}

/**
 * The awards of the steps made in order, from the first step on. Taking the oldest award that fits each step is exact,
 * since no award fits two steps.
 */
export function followSequence(
  problem: SelectionProblem,
  requirement: number,
  options: readonly number[],
): readonly number[] {
  const made: number[] = []
  let since = ''
  for (const step of problem.requirements[requirement]?.steps ?? []) {
    const next = step.find(
      (index) => options[index] !== outBit && (problem.awards[index]?.awardedOn ?? '') >= since,
    )
    if (next === undefined) break
    made.push(next)
    since = problem.awards[next]?.awardedOn ?? since
  }
  return made
}
