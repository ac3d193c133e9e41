import { measureSelection } from './measure-selection.js'
import { outBit, type SelectionProblem } from './selection-problem.js'
import { zeros } from './zeros.js'

/** Working memory of one search; refilled for every state. */
export interface SearchMemory {
  readonly reach: number[]
  readonly support: number[]
  /** 1 for awards that may still have to give way to another because of a limit. */
  readonly contested: number[]
  readonly reduction: number[]
  readonly within: number[]
  readonly largest: number[]
  readonly total: number[]
}

export function createSearchMemory(problem: SelectionProblem): SearchMemory {
  const size = problem.requirements.length
  return {
    reach: zeros(size),
    support: zeros(problem.itemCount),
    contested: zeros(problem.awardCount),
    reduction: zeros(size),
    within: zeros(size),
    largest: zeros(size),
    total: zeros(size),
  }
}

/**
 * Takes out of `options` what cannot be part of any selection that reaches `goals`, until nothing changes. Returns false
 * when none can.
 */
export function narrowOptions(
  problem: SelectionProblem,
  options: number[],
  goals: number[],
  memory: SearchMemory,
): boolean {
  for (;;) {
    memory.contested.fill(0)
    memory.reduction.fill(0)
    const limits = applyLimits(problem, options, memory)
    if (limits === 'BROKEN') return false
    if (limits === 'CHANGED') continue
    measureSelection(problem, options, memory.reach, memory.support)
    reduceByLimits(problem, options, memory)
    for (let index = 0; index < goals.length; index += 1) {
      const reachable = (memory.reach[index] ?? 0) - (memory.reduction[index] ?? 0)
      if (reachable < (goals[index] ?? 0)) return false
    }
    if (!forceNeeded(problem, options, goals, memory)) return true
  }
}

function applyLimits(
  problem: SelectionProblem,
  options: number[],
  { contested }: SearchMemory,
): 'BROKEN' | 'CHANGED' | 'KEPT' {
  let changed = false
  for (const { cap, members } of problem.groups) {
    let must = 0
    let may = 0
    for (const index of members) {
      const allowed = options[index] ?? outBit
      if (allowed === outBit) continue
      const ects = problem.awards[index]?.ects ?? 0
      may += ects
      if ((allowed & outBit) === 0) must += ects
    }
    if (must > cap) return 'BROKEN'
    if (may <= cap) continue
    for (const index of members) {
      const allowed = options[index] ?? outBit
      const ects = problem.awards[index]?.ects ?? 0
      if (allowed === outBit || (allowed & outBit) === 0 || ects === 0) continue
      if (must + ects <= cap) contested[index] = 1
      else {
        options[index] = outBit
        changed = true
      }
    }
  }
  for (const { one, other } of problem.conflicts) {
    const a = options[one] ?? outBit
    const b = options[other] ?? outBit
    if (a === outBit || b === outBit) continue
    if ((a & outBit) === 0) {
      if ((b & outBit) === 0) return 'BROKEN'
      options[other] = outBit
      changed = true
    } else if ((b & outBit) === 0) {
      options[one] = outBit
      changed = true
    } else {
      contested[one] = 1
      contested[other] = 1
    }
  }
  return changed ? 'CHANGED' : 'KEPT'
}

/** Lowers what amounts can reach by what certainly has to give way to a limit. */
function reduceByLimits(problem: SelectionProblem, options: number[], memory: SearchMemory) {
  const { requirements, groups, cliques } = problem
  const { reduction, within, total, largest } = memory
  total.fill(0)
  for (let g = 0; g < groups.length; g += 1) {
    const group = groups[g]
    if (group === undefined) continue
    // Groups of one limit share no award, so what gives way in each adds up; limits do not.
    if (g > 0 && groups[g - 1]?.limitId !== group.limitId) {
      keepLarger(reduction, total)
      total.fill(0)
    }
    within.fill(0)
    for (const index of group.members) addAmounts(problem, options, index, within, false)
    for (let r = 0; r < total.length; r += 1) {
      const over = (within[r] ?? 0) - group.cap
      if (over > 0 && requirements[r]?.measure === 'ECTS') total[r] = (total[r] ?? 0) + over
    }
  }
  if (groups.length > 0) keepLarger(reduction, total)
  if (cliques.length === 0) return
  total.fill(0)
  for (const clique of cliques) {
    within.fill(0)
    largest.fill(0)
    for (const index of clique) {
      addAmounts(problem, options, index, within, false)
      addAmounts(problem, options, index, largest, true)
    }
    for (let r = 0; r < total.length; r += 1) {
      total[r] = (total[r] ?? 0) + (within[r] ?? 0) - (largest[r] ?? 0)
    }
  }
  keepLarger(reduction, total)
}

function addAmounts(
  problem: SelectionProblem,
  options: number[],
  index: number,
  into: number[],
  onlyLargest: boolean,
): void {
  const allowed = options[index] ?? outBit
  const award = problem.awards[index]
  if (allowed === outBit || award === undefined) return
  for (let k = 0; k < award.amountOf.length; k += 1) {
    const requirement = award.amountOf[k] ?? 0
    const bit = problem.requirements[requirement]?.bit ?? 0
    if (bit !== 0 && (allowed & bit) === 0) continue
    const amount = award.amounts[k] ?? 0
    const before = into[requirement] ?? 0
    into[requirement] = onlyLargest ? Math.max(before, amount) : before + amount
  }
}

function keepLarger(into: number[], other: number[]): void {
  for (let r = 0; r < into.length; r += 1) into[r] = Math.max(into[r] ?? 0, other[r] ?? 0)
}

/** Settles awards without which a goal is out of reach. Returns whether anything changed. */
function forceNeeded(
  problem: SelectionProblem,
  options: number[],
  goals: number[],
  { reach, support }: SearchMemory,
): boolean {
  let changed = false
  for (let index = 0; index < problem.awardCount; index += 1) {
    const award = problem.awards[index]
    if (award === undefined || options[index] === outBit) continue
    for (let k = 0; k < award.amountOf.length; k += 1) {
      const requirement = award.amountOf[k] ?? 0
      const spare = (reach[requirement] ?? 0) - (goals[requirement] ?? 0)
      if ((award.amounts[k] ?? 0) > spare && force(index, requirement)) changed = true
    }
    for (let k = 0; k < award.itemOf.length; k += 1) {
      const requirement = award.itemOf[k] ?? 0
      const isSpare = (reach[requirement] ?? 0) > (goals[requirement] ?? 0)
      const isOnly = support[award.items[k] ?? 0] === 1
      if (!isSpare && isOnly && force(index, requirement)) changed = true
    }
  }
  return changed

  function force(index: number, requirement: number): boolean {
    const bit = problem.requirements[requirement]?.bit ?? 0
    const allowed = options[index] ?? outBit
    if (bit !== 0 && (allowed & bit) === 0) return false
    const narrowed = bit === 0 ? allowed & ~outBit : bit
    if (narrowed === allowed) return false
    options[index] = narrowed
    return true
  }
}
