import type { FeasibilitySearch } from './feasibility-search.js'
import { measureSelection } from './measure-selection.js'
import { inBit, outBit, type SelectionProblem } from './selection-problem.js'
import { zeros } from './zeros.js'

/**
 * Among all selections that reach `goals`, the one in which each award in turn, from the first on, is decided by the
 * lowest bit possible: not counting where that works, else counting, else the earliest requirement it can serve.
 *
 * `known` is some selection that reaches the goals; it answers most questions without a search. Null when the search was
 * given up.
 */
export function leaveOutNewest(
  problem: SelectionProblem,
  search: FeasibilitySearch,
  options: number[],
  known: { readonly choice: number[]; readonly goals: number[] },
): number[] | null {
  const { goals } = known
  const { awards, requirements } = problem
  const fixed = options.slice()
  const reach = zeros(goals.length)
  const support = zeros(problem.itemCount)
  // How far everything still allowed would come, kept up to date award by award.
  const possible = zeros(goals.length)
  const possibleSupport = zeros(problem.itemCount)
  measureSelection(problem, fixed, possible, possibleSupport)
  let choice: number[] = known.choice.slice()
  measureSelection(problem, choice, reach, support)
  for (let index = 0; index < choice.length; index += 1) {
    const allowed = options[index] ?? outBit
    for (let bits = allowed; bits !== 0; bits &= bits - 1) {
      const bit = bits & -bits
      if (bit === choice[index]) break
      // Limits are kept by what is known, and stay kept: nothing is added to it.
      if (canDoWithout(index, bit)) {
        choice[index] = bit
        measureSelection(problem, choice, reach, support)
        break
      }
      if (!couldDoWithout(index, bit)) continue
      fixed[index] = bit
      const found = search.find(fixed, goals)
      if (search.isExhausted) return null
      if (found !== null) {
        choice = found
        measureSelection(problem, choice, reach, support)
        break
      }
    }
    fixed[index] = choice[index] ?? outBit
    giveUp(index, allowed, fixed[index] ?? outBit)
  }
  return choice

  /** Whether the goals stay reached when an award does less than it does. */
  function canDoWithout(index: number, bit: number): boolean {
    const award = awards[index]
    if (award === undefined) return true
    if (award.inSequence || (bit !== outBit && bit !== inBit)) return reaches(index, bit)
    const was = choice[index] ?? outBit
    for (let k = 0; k < award.amountOf.length; k += 1) {
      const r = award.amountOf[k] ?? 0
      if (isLost(r, was, bit) && (reach[r] ?? 0) - (award.amounts[k] ?? 0) < (goals[r] ?? 0))
        return false
    }
    let lastRequirement = -1
    let lost = 0
    for (let k = 0; k < award.itemOf.length; k += 1) {
      const r = award.itemOf[k] ?? 0
      if (r !== lastRequirement) lost = 0
      lastRequirement = r
      if (!isLost(r, was, bit) || support[award.items[k] ?? 0] !== 1) continue
      lost += 1
      if ((reach[r] ?? 0) - lost < (goals[r] ?? 0)) return false
    }
    return true
  }

  /** Whether all that is still allowed would reach the goals if an award did only this: false is final. */
  function couldDoWithout(index: number, bit: number): boolean {
    const award = awards[index]
    if (award === undefined) return true
    const allowed = options[index] ?? outBit
    for (let k = 0; k < award.amountOf.length; k += 1) {
      const r = award.amountOf[k] ?? 0
      if (!isLost(r, allowed, bit)) continue
      if ((possible[r] ?? 0) - (award.amounts[k] ?? 0) < (goals[r] ?? 0)) return false
    }
    for (let k = 0; k < award.itemOf.length; k += 1) {
      const r = award.itemOf[k] ?? 0
      if (!isLost(r, allowed, bit) || possibleSupport[award.items[k] ?? 0] !== 1) continue
      if ((possible[r] ?? 0) - 1 < (goals[r] ?? 0)) return false
    }
    return true
  }

  /** Takes what a decision excludes out of what is possible. */
  function giveUp(index: number, allowed: number, bit: number): void {
    const award = awards[index]
    if (award === undefined) return
    for (let k = 0; k < award.amountOf.length; k += 1) {
      const r = award.amountOf[k] ?? 0
      if (isLost(r, allowed, bit)) possible[r] = (possible[r] ?? 0) - (award.amounts[k] ?? 0)
    }
    for (let k = 0; k < award.itemOf.length; k += 1) {
      const r = award.itemOf[k] ?? 0
      if (!isLost(r, allowed, bit)) continue
      const item = award.items[k] ?? 0
      const left = (possibleSupport[item] ?? 0) - 1
      possibleSupport[item] = left
      if (left === 0) possible[r] = (possible[r] ?? 0) - 1
    }
  }

  function isLost(requirement: number, from: number, to: number): boolean {
    const own = requirements[requirement]?.bit ?? 0
    if (own === 0) return to === outBit && from !== outBit
    return (from & own) !== 0 && to !== own
  }

  function reaches(index: number, bit: number): boolean {
    const was = choice[index] ?? outBit
    choice[index] = bit
    measureSelection(problem, choice, reach, support)
    const isReached = goals.every((goal, place) => (reach[place] ?? 0) >= goal)
    choice[index] = was
    if (!isReached) measureSelection(problem, choice, reach, support)
    return isReached
  }
}
