import { measureSelection } from './measure-selection.js'
import type { SearchMemory } from './narrow-options.js'
import { inBit, outBit, type SelectionProblem } from './selection-problem.js'
import { zeros } from './zeros.js'

/**
 * Decides what is open by taking, again and again, the award that closes most of what is missing. Returns a selection
 * that reaches the goals and keeps the limits, or null when this simple way finds none (which proves nothing).
 */
export function completeGreedily(
  problem: SelectionProblem,
  options: number[],
  goals: number[],
  memory: SearchMemory,
): number[] | null {
  const { awards, requirements } = problem
  const { reach, support } = memory
  const choice = zeros(problem.awardCount).fill(outBit)
  const room = problem.groups.map(({ cap }) => cap)
  const needed: number[] = []
  const free: number[] = []
  for (let index = 0; index < problem.awardCount; index += 1) {
    const allowed = options[index] ?? outBit
    if (isDecided(allowed)) take(index, allowed)
    else if ((allowed & outBit) === 0) needed.push(index)
    else free.push(index)
  }
  measureSelection(problem, choice, reach, support)
  // What must count goes first: it takes its room whatever else happens.
  for (const index of needed) {
    if (!fits(index)) return null
    const { bit } = bestUse(index)
    take(index, bit)
    add(index, bit)
  }
  for (;;) {
    let best = -1
    let bestBit = 0
    let bestGain = 0
    for (let place = 0; place < free.length; place += 1) {
      const index = free[place] ?? 0
      if (choice[index] !== outBit || !fits(index)) continue
      const { bit, gain } = bestUse(index)
      if (gain > bestGain) {
        best = index
        bestBit = bit
        bestGain = gain
      }
    }
    if (best < 0) break
    take(best, bestBit)
    add(best, bestBit)
  }
  // Whether a step of a sequence counts depends on the others, so only a full count tells.
  measureSelection(problem, choice, reach, support)
  for (let r = 0; r < goals.length; r += 1) if ((reach[r] ?? 0) < (goals[r] ?? 0)) return null
  return choice

  function take(index: number, bit: number): void {
    choice[index] = bit
    const award = awards[index]
    if (award === undefined || bit === outBit) return
    for (const group of award.groups) room[group] = (room[group] ?? 0) - award.ects
  }

  function add(index: number, bit: number): void {
    const award = awards[index]
    if (award === undefined) return
    for (let k = 0; k < award.amountOf.length; k += 1) {
      const r = award.amountOf[k] ?? 0
      const own = requirements[r]?.bit ?? 0
      if (own === 0 || own === bit) reach[r] = (reach[r] ?? 0) + (award.amounts[k] ?? 0)
    }
    for (let k = 0; k < award.itemOf.length; k += 1) {
      const r = award.itemOf[k] ?? 0
      const own = requirements[r]?.bit ?? 0
      if (own !== 0 && own !== bit) continue
      const item = award.items[k] ?? 0
      if (support[item] === 0) reach[r] = (reach[r] ?? 0) + 1
      support[item] = (support[item] ?? 0) + 1
    }
  }

  function fits(index: number): boolean {
    const award = awards[index]
    if (award === undefined) return false
    for (const group of award.groups) if ((room[group] ?? 0) < award.ects) return false
    for (const other of award.conflictsWith) if (choice[other] !== outBit) return false
    return true
  }

  /** The decision that closes most; the lowest bit when none closes anything. */
  function bestUse(index: number): { readonly bit: number; readonly gain: number } {
    const allowed = (options[index] ?? outBit) & ~outBit
    let bit = allowed & -allowed
    let gain = 0
    for (let bits = allowed; bits !== 0; bits &= bits - 1) {
      const own = gainOf(index, bits & -bits)
      if (own <= gain) continue
      bit = bits & -bits
      gain = own
    }
    return { bit, gain }
  }

  function gainOf(index: number, bit: number): number {
    const award = awards[index]
    if (award === undefined) return 0
    let gain = award.inSequence && bit === inBit ? sequenceGain : 0
    for (let k = 0; k < award.amountOf.length; k += 1) {
      const r = award.amountOf[k] ?? 0
      const own = requirements[r]?.bit ?? 0
      const goal = goals[r] ?? 0
      const missing = goal - (reach[r] ?? 0)
      if (missing <= 0 || (own !== 0 && own !== bit)) continue
      gain += Math.min(award.amounts[k] ?? 0, missing) / goal
    }
    for (let k = 0; k < award.itemOf.length; k += 1) {
      const r = award.itemOf[k] ?? 0
      const own = requirements[r]?.bit ?? 0
      const goal = goals[r] ?? 0
      if ((reach[r] ?? 0) >= goal || (own !== 0 && own !== bit)) continue
      if (support[award.items[k] ?? 0] === 0) gain += 1 / goal
    }
    return gain
  }
}

/** Worth a little: whether a step counts depends on the others. */
const sequenceGain = 0.01

/** Whether a single decision is left. */
export function isDecided(allowed: number): boolean {
  return (allowed & (allowed - 1)) === 0
}
