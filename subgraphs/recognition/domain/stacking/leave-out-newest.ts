import type { FeasibilitySearch } from './feasibility-search.js'
import { measureSelection } from './measure-selection.js'
import { outBit, type SelectionProblem } from './selection-problem.js'

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
  options: Int32Array,
  known: { readonly choice: Int32Array; readonly goals: Float64Array },
): Int32Array | null {
  const { goals } = known
  const fixed = options.slice()
  const reach = new Float64Array(goals.length)
  const support = new Int32Array(problem.itemCount)
  let choice: Int32Array = known.choice.slice()
  for (let index = 0; index < choice.length; index += 1) {
    const allowed = options[index] ?? outBit
    for (let bits = allowed; bits !== 0; bits &= bits - 1) {
      const bit = bits & -bits
      if (bit === choice[index]) break
      const changed = choice.slice()
      changed[index] = bit
      if (reaches(changed)) {
        choice = changed
        break
      }
      fixed[index] = bit
      const found = search.find(fixed, goals)
      if (search.isExhausted) return null
      if (found !== null) {
        choice = found
        break
      }
    }
    fixed[index] = choice[index] ?? outBit
  }
  return choice

  /** Limits are kept by what is known and stay kept: nothing is added to it. */
  function reaches(changed: Int32Array): boolean {
    measureSelection(problem, changed, reach, support)
    return goals.every((goal, index) => (reach[index] ?? 0) >= goal)
  }
}
