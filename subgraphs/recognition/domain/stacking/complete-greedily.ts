import { measureSelection } from './measure-selection.js'
import type { SearchMemory } from './narrow-options.js'
import { inBit, outBit, type SelectionProblem } from './selection-problem.js'

/**
 * Decides what is open by taking, again and again, the award that closes most of what is missing. Returns a selection
 * that reaches the goals and keeps the limits, or null when this simple way finds none (which proves nothing).
 */
export function completeGreedily(
  problem: SelectionProblem,
  options: Int32Array,
  goals: Float64Array,
  memory: SearchMemory,
): Int32Array | null {
  const choice = new Int32Array(problem.awardCount).fill(outBit)
  const open: number[] = []
  for (let index = 0; index < problem.awardCount; index += 1) {
    const allowed = options[index] ?? outBit
    if (isDecided(allowed)) choice[index] = allowed
    else open.push(index)
  }
  const room = problem.caps.map(({ cap, groups }) =>
    groups.map((group) =>
      group.reduce(
        (left, index) =>
          choice[index] === outBit ? left : left - (problem.awards[index]?.ects ?? 0),
        cap,
      ),
    ),
  )
  // What must count goes first: it takes its room whatever else happens.
  open.sort(
    (a, b) =>
      Number(((options[a] ?? 0) & outBit) !== 0) - Number(((options[b] ?? 0) & outBit) !== 0) ||
      a - b,
  )
  const missing = new Float64Array(goals.length)
  while (open.length > 0) {
    measureSelection(problem, choice, memory.reach, memory.support)
    for (let r = 0; r < missing.length; r += 1) {
      missing[r] = Math.max(0, (goals[r] ?? 0) - (memory.reach[r] ?? 0))
    }
    const next = pickNext()
    if (next === null) break
    const index = open[next.place] ?? 0
    open.splice(next.place, 1)
    if (!fits(index)) return null
    choice[index] = next.bit
    occupy(index)
  }
  measureSelection(problem, choice, memory.reach, memory.support)
  for (let r = 0; r < goals.length; r += 1) {
    if ((memory.reach[r] ?? 0) < (goals[r] ?? 0)) return null
  }
  return choice

  function pickNext(): { readonly place: number; readonly bit: number } | null {
    let best: { place: number; bit: number } | null = null
    let bestGain = 0
    for (let place = 0; place < open.length; place += 1) {
      const index = open[place] ?? 0
      const allowed = options[index] ?? outBit
      const isNeeded = (allowed & outBit) === 0
      if (!isNeeded && !fits(index)) continue
      for (let bits = allowed & ~outBit; bits !== 0; bits &= bits - 1) {
        const bit = bits & -bits
        const gain = gainOf(index, bit)
        if (gain > bestGain || (isNeeded && best === null)) {
          best = { place, bit }
          bestGain = gain
        }
      }
      if (isNeeded) return best
    }
    return best
  }

  function gainOf(index: number, bit: number): number {
    const award = problem.awards[index]
    if (award === undefined) return 0
    let gain = 0
    for (let k = 0; k < award.amountOf.length; k += 1) {
      const r = award.amountOf[k] ?? 0
      const own = problem.requirements[r]?.bit ?? 0
      if ((own !== 0 && own !== bit) || missing[r] === 0) continue
      gain += Math.min(award.amounts[k] ?? 0, missing[r] ?? 0) / (goals[r] ?? 1)
    }
    for (let k = 0; k < award.itemOf.length; k += 1) {
      const r = award.itemOf[k] ?? 0
      const own = problem.requirements[r]?.bit ?? 0
      if ((own !== 0 && own !== bit) || missing[r] === 0) continue
      if (memory.support[award.items[k] ?? 0] === 0) gain += 1 / (goals[r] ?? 1)
    }
    if (award.inSequence && bit === inBit) gain += sequenceGain
    return gain
  }

  function fits(index: number): boolean {
    const award = problem.awards[index]
    if (award === undefined || award.conflictsWith.some((other) => choice[other] !== outBit)) {
      return false
    }
    return problem.caps.every(({ groups }, cap) =>
      groups.every((group, g) => (room[cap]?.[g] ?? 0) >= award.ects || !group.includes(index)),
    )
  }

  function occupy(index: number): void {
    const ects = problem.awards[index]?.ects ?? 0
    problem.caps.forEach(({ groups }, cap) => {
      groups.forEach((group, g) => {
        const rooms = room[cap]
        if (rooms !== undefined && group.includes(index)) rooms[g] = (rooms[g] ?? 0) - ects
      })
    })
  }
}

/** Worth a little: whether a step counts depends on the others. */
const sequenceGain = 0.01

/** Whether a single decision is left. */
export function isDecided(allowed: number): boolean {
  return (allowed & (allowed - 1)) === 0
}
