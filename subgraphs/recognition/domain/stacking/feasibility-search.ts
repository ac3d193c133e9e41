import { canCoverTogether } from './assignment-bound.js'
import { completeGreedily, isDecided } from './complete-greedily.js'
import { createSearchMemory, narrowOptions, type SearchMemory } from './narrow-options.js'
import { inBit, outBit, type SelectionProblem } from './selection-problem.js'
import { zeros } from './zeros.js'

/**
 * Finds out whether any selection reaches given goals: branch and bound, exact.
 *
 * A state is what each award may still be. Narrowing it by limits and goals decides most awards; where no limit is in
 * the way, more is never worse; what is left is branched on. A state counts as one step.
 */
export class FeasibilitySearch {
  readonly #problem: SelectionProblem
  readonly #maxSteps: number
  readonly #memory: SearchMemory
  #steps = 0
  #singles: readonly SingleRequirements[] | null = null
  #twins: readonly number[] | null = null

  constructor(problem: SelectionProblem, maxSteps: number) {
    this.#problem = problem
    this.#maxSteps = maxSteps
    this.#memory = createSearchMemory(problem)
  }

  /** True when a search was given up: then null means nothing. */
  get isExhausted(): boolean {
    return this.#steps > this.#maxSteps
  }

  /**
   * A decision for every award that reaches `goals` (one number per requirement) and keeps all limits, or null when
   * there is none. `options` is left as it is.
   */
  find(options: number[], goals: number[]): number[] | null {
    return this.#search(options.slice(), goals)
  }

  /** How far each requirement could come if it were the only one: an upper bound. */
  boundReach(options: number[]): number[] {
    const { reach, reduction } = this.#memory
    const none = zeros(reach.length)
    narrowOptions(this.#problem, options.slice(), none, this.#memory)
    return reach.map((value, index) => value - (reduction[index] ?? 0))
  }

  #search(options: number[], goals: number[]): number[] | null {
    this.#steps += 1
    if (this.isExhausted) return null
    if (!narrowOptions(this.#problem, options, goals, this.#memory)) return null
    const open = this.#dropDominated(options)
    if (open.length === 0) return options
    if (this.#isShared(open, options) && !this.#coversTogether(options, goals)) return null
    const spare = this.#spare(goals)
    const found = completeGreedily(this.#problem, options, goals, this.#memory)
    if (found !== null) return found
    const index = this.#pickBranch(open, spare)
    const allowed = options[index] ?? outBit
    const twins = this.#twinsOf(index, options)
    // Serving a requirement before only counting before not counting: the likely ways first.
    const bits = [outBit, inBit, ...bitsOf(allowed & ~(outBit | inBit))]
      .filter((bit) => (allowed & bit) !== 0)
      .reverse()
    for (const bit of bits) {
      const next = options.slice()
      next[index] = bit
      const result = this.#search(next, goals)
      if (result !== null || this.isExhausted) return result
      // An award just like this one in its place would have failed the same way.
      for (const twin of twins) {
        options[twin] = (options[twin] ?? outBit) & ~bit
        if (options[twin] === 0) return null
      }
    }
    return null
  }

  /** Takes out decisions that another one is never worse than. Returns the awards that are still open. */
  #dropDominated(options: number[]): number[] {
    const open: number[] = []
    for (let index = 0; index < options.length; index += 1) {
      const allowed = options[index] ?? outBit
      if (isDecided(allowed)) continue
      let kept = allowed
      if (this.#memory.contested[index] === 0) kept &= ~outBit
      if ((kept & ~(outBit | inBit)) !== 0) kept &= ~inBit
      options[index] = kept
      if (!isDecided(kept)) open.push(index)
    }
    return open
  }

  /** Whether any open award could serve one of several `SINGLE` requirements. */
  #isShared(open: readonly number[], options: number[]): boolean {
    return open.some((index) => !isDecided((options[index] ?? 0) & ~(outBit | inBit)))
  }

  #coversTogether(options: number[], goals: number[]): boolean {
    const { awards } = this.#problem
    this.#singles ??= [true, false].flatMap((isEcts) => listSingles(this.#problem, isEcts))
    for (const { isEcts, members } of this.#singles) {
      let all = 0
      for (const { bit } of members) all |= bit
      const supply = new Map<number, number>()
      for (let index = 0; index < options.length; index += 1) {
        const bits = (options[index] ?? 0) & all
        if (bits === 0) continue
        const amount = isEcts ? (awards[index]?.ects ?? 0) : 1
        supply.set(bits, (supply.get(bits) ?? 0) + amount)
      }
      const needs = members.map(({ bit, index }) => ({ bit, need: goals[index] ?? 0 }))
      if (!canCoverTogether(supply, needs)) return false
    }
    return true
  }

  #spare(goals: number[]): number[] {
    const { reach, reduction } = this.#memory
    return goals.map((goal, index) => (reach[index] ?? 0) - (reduction[index] ?? 0) - goal)
  }

  /** The award that matters most where there is least to spare. */
  #pickBranch(open: readonly number[], spare: number[]): number {
    let best = open[0] ?? 0
    let bestWeight = -1
    for (const index of open) {
      const award = this.#problem.awards[index]
      if (award === undefined) continue
      let weight = 0
      for (let k = 0; k < award.amountOf.length; k += 1) {
        weight += (award.amounts[k] ?? 0) / (1 + (spare[award.amountOf[k] ?? 0] ?? 0))
      }
      for (let k = 0; k < award.itemOf.length; k += 1) {
        weight += 1 / (1 + (spare[award.itemOf[k] ?? 0] ?? 0))
      }
      if (weight > bestWeight) {
        best = index
        bestWeight = weight
      }
    }
    return best
  }

  #twinsOf(index: number, options: number[]): readonly number[] {
    this.#twins ??= numberTwins(this.#problem)
    const kind = this.#twins[index]
    const twins: number[] = []
    for (let other = 0; other < options.length; other += 1) {
      if (other === index || this.#twins[other] !== kind) continue
      if (options[other] === options[index]) twins.push(other)
    }
    return twins
  }
}

/** `SINGLE` requirements of one measure, which can be added up. */
interface SingleRequirements {
  readonly isEcts: boolean
  readonly members: readonly { readonly bit: number; readonly index: number }[]
}

function listSingles(problem: SelectionProblem, isEcts: boolean): SingleRequirements[] {
  const members = problem.requirements.flatMap(({ bit, measure }, index) =>
    bit !== 0 && (measure === 'ECTS') === isEcts ? [{ bit, index }] : [],
  )
  return members.length < 2 ? [] : [{ isEcts, members }]
}

function bitsOf(bits: number): number[] {
  const list: number[] = []
  for (let rest = bits; rest !== 0; rest &= rest - 1) list.push(rest & -rest)
  return list
}

/** The same number for awards that may stand in for one another in every respect. */
function numberTwins(problem: SelectionProblem): readonly number[] {
  const numbers = new Map<string, number>()
  return problem.awards.map((award, index) => {
    const isUnique = award.conflictsWith.length > 0 || award.inSequence
    const { ects, amountOf, amounts, itemOf, items, groups } = award
    const parts = [ects, amountOf, amounts, itemOf, items, groups]
    const key = isUnique ? `only ${index}` : JSON.stringify(parts)
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  })
}
