import type { CompiledRule } from './compile-rule.js'
import { FeasibilitySearch } from './feasibility-search.js'
import type { EctsScale } from './scaled-ects.js'
import { screenAwards } from './screen-awards.js'
import { buildSelectionProblem, outBit, type SelectionProblem } from './selection-problem.js'
import type { StackableAward } from './stack-evaluation.js'
import { zeros } from './zeros.js'

interface Candidates {
  readonly compiled: CompiledRule
  readonly held: readonly StackableAward[]
  readonly future: readonly StackableAward[]
  readonly scale: EctsScale
  readonly date: string
}

interface CandidateClass {
  readonly members: readonly StackableAward[]
  /** The most one of them could add to each requirement. */
  readonly gains: number[]
}

/** Candidates grouped by what they are to a rule, and the sets of them that could close every gap. */
export class CandidateClasses {
  readonly #classes: readonly CandidateClass[]
  /** What each requirement still needs when everything that is held counts for it alone: a lower bound. */
  readonly #gaps: number[]
  readonly #order = new Map<number, readonly number[]>()
  readonly #maxNodes: number
  #nodes = 0

  constructor({ compiled, held, future, scale, date }: Candidates, maxNodes: number) {
    this.#maxNodes = maxNodes
    // What does not count today might count later (a prerequisite earned, another award suspended no more), so held
    // awards are taken as countable; each set is evaluated for real in the end.
    const { countable } = screenAwards({ ...compiled, prerequisites: new Map() }, held, { date })
    // A limit on recent awards loosens as days pass: as a bound it holds only without.
    const isLoosening = JSON.stringify(compiled.rule.limits).includes('"RECENCY"')
    const limits = isLoosening ? { ...compiled, caps: [] } : compiled
    const none = buildSelectionProblem(limits, countable, date, scale)
    const reach = new FeasibilitySearch(none, 1).boundReach(
      none.awards.map(({ options }) => options),
    )
    this.#gaps = none.requirements.map(({ need }, index) => Math.max(0, need - (reach[index] ?? 0)))
    this.#classes = groupCandidates({ compiled, held: countable, future, scale, date })
  }

  /** True when ways were left out because there were too many to go through. */
  get isExhausted(): boolean {
    return this.#nodes > this.#maxNodes
  }

  /** Sums of the largest gains there are, each candidate once. */
  largestGains(): number[] {
    const total = zeros(this.#gaps.length)
    for (const { gains, members } of this.#classes) addTo(total, gains, members.length)
    return total
  }

  couldComplete(gains: number[]): boolean {
    return this.#gaps.every((gap, index) => gap <= (gains[index] ?? 0))
  }

  /** Every way to take `size` candidates, as how many of each class, that could close all gaps. */
  *setsOf(size: number): Generator<readonly number[]> {
    yield* this.#extend([], size, zeros(this.#gaps.length))
  }

  /** Up to `most` sets of actual candidates for one such way. */
  expand(picked: readonly number[], most: number): StackableAward[][] {
    let sets: StackableAward[][] = [[]]
    picked.forEach((count, index) => {
      const ways = chooseFrom(this.#classes[index]?.members ?? [], count, most)
      sets = sets.flatMap((set) => ways.map((way) => [...set, ...way])).slice(0, most)
    })
    return sets
  }

  *#extend(
    picked: readonly number[],
    left: number,
    gained: number[],
  ): Generator<readonly number[]> {
    this.#nodes += 1
    if (this.isExhausted || !this.#canStillClose(picked.length, left, gained)) return
    const next = this.#classes[picked.length]
    if (next === undefined || left === 0) {
      if (left === 0) yield picked
      return
    }
    for (let count = Math.min(left, next.members.length); count >= 0; count -= 1) {
      const sum = gained.slice()
      addTo(sum, next.gains, count)
      yield* this.#extend([...picked, count], left - count, sum)
    }
  }

  /** Whether `left` more of the classes from `from` on could close each gap by itself. */
  #canStillClose(from: number, left: number, gained: number[]): boolean {
    for (let index = 0; index < this.#gaps.length; index += 1) {
      let gap = (this.#gaps[index] ?? 0) - (gained[index] ?? 0)
      if (gap <= 0) continue
      let rest = left
      for (const place of this.#byGain(index)) {
        if (place < from || rest === 0) continue
        const { gains, members } = this.#classes[place] as CandidateClass
        const taken = Math.min(rest, members.length)
        gap -= taken * (gains[index] ?? 0)
        rest -= taken
        if (gap <= 0) break
      }
      if (gap > 0) return false
    }
    return true
  }

  #byGain(requirement: number): readonly number[] {
    const known = this.#order.get(requirement)
    if (known !== undefined) return known
    const gainOf = (place: number) => this.#classes[place]?.gains[requirement] ?? 0
    const order = [...this.#classes.keys()]
      .filter((place) => gainOf(place) > 0)
      .sort((a, b) => gainOf(b) - gainOf(a) || a - b)
    this.#order.set(requirement, order)
    return order
  }
}

function groupCandidates(candidates: Candidates): readonly CandidateClass[] {
  const { compiled, held, future, scale, date } = candidates
  const all = [...future, ...held]
  const problem = buildSelectionProblem(compiled, all, date, scale)
  const named = new Set<string>()
  for (const { microCredentialId, requires } of compiled.rule.prerequisites) {
    for (const id of [microCredentialId, ...requires]) named.add(id)
  }
  // With a recency condition anywhere, awards of different days are not the same.
  const isDated = JSON.stringify(compiled.rule).includes('"RECENCY"')
  const groups = new Map<string, StackableAward[]>()
  const gains = new Map<string, number[]>()
  future.forEach((award, index) => {
    const isEligible = compiled.eligible.every(({ test }) => test(award, award.awardedOn))
    const isAsked = problem.awards[index]?.options !== outBit
    if (!isEligible || !(isAsked || named.has(award.microCredentialId))) return
    const key = named.has(award.microCredentialId)
      ? `named ${index}`
      : keyOf(problem, index, compiled, isDated, award)
    const group = groups.get(key)
    if (group !== undefined) group.push(award)
    else {
      groups.set(key, [award])
      gains.set(key, gainsOf(problem, index))
    }
  })
  return [...groups].map(([key, members]) => ({
    members,
    gains: gains.get(key) ?? zeros(0),
  }))
}

function keyOf(
  problem: SelectionProblem,
  index: number,
  { caps }: CompiledRule,
  isDated: boolean,
  award: StackableAward,
): string {
  const found = problem.awards[index]
  if (found === undefined || found.conflictsWith.length > 0) return `only ${index}`
  const groups = caps.map(({ groupOf }) => groupOf(award, award.awardedOn))
  const { ects, amountOf, amounts, itemOf, items, inSequence } = found
  const day = isDated || inSequence ? award.awardedOn : ''
  const step = inSequence ? award.microCredentialId : ''
  return JSON.stringify([ects, amountOf, amounts, itemOf, items, groups, day, step])
}

function gainsOf(problem: SelectionProblem, index: number): number[] {
  const gains = zeros(problem.requirements.length)
  const award = problem.awards[index]
  if (award === undefined) return gains
  award.amountOf.forEach((requirement, k) => {
    gains[requirement] = (gains[requirement] ?? 0) + (award.amounts[k] ?? 0)
  })
  for (const requirement of award.itemOf) gains[requirement] = (gains[requirement] ?? 0) + 1
  problem.requirements.forEach(({ steps }, requirement) => {
    // A step made may open the way to those after it that are held already.
    if (steps.some((step) => step.includes(index))) gains[requirement] = steps.length
  })
  return gains
}

function addTo(total: number[], gains: number[], times: number): void {
  for (let index = 0; index < total.length; index += 1) {
    total[index] = (total[index] ?? 0) + times * (gains[index] ?? 0)
  }
}

/** Up to `most` ways to choose `count` of the values, the first values first. */
function chooseFrom<Value>(values: readonly Value[], count: number, most: number): Value[][] {
  if (count === 0) return [[]]
  const ways: Value[][] = []
  for (let first = 0; first <= values.length - count && ways.length < most; first += 1) {
    const value = values[first]
    if (value === undefined) break
    for (const rest of chooseFrom(values.slice(first + 1), count - 1, most - ways.length)) {
      ways.push([value, ...rest])
    }
  }
  return ways
}
