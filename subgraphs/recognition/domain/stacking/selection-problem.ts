import { type AwardConflict, findCliques, findConflicts } from './award-conflicts.js'
import type { CompiledRequirement, CompiledRule } from './compile-rule.js'
import { type EctsScale, toScaled } from './scaled-ects.js'
import type { StackableAward } from './stack-evaluation.js'

/** What can be decided about an award, as bits: it does not count, it counts, or it counts and serves a `SINGLE` one. */
export const outBit = 1
export const inBit = 2

/** The bit for serving the `index`-th `SINGLE` requirement of the rule. */
export function singleBit(index: number): number {
  return 4 << index
}

/**
 * Which awards should count, and for what: whole numbers only, awards named by their place (newest first).
 *
 * Every requirement is "at least `need`", every limit keeps what it limits from growing: with more awards requirements
 * only come closer, with fewer limits are only kept better.
 */
export interface SelectionProblem {
  readonly awardCount: number
  readonly requirements: readonly SelectionRequirement[]
  readonly awards: readonly SelectionAward[]
  readonly itemCount: number
  /** Sorted by limit. */
  readonly groups: readonly SelectionGroup[]
  readonly conflicts: readonly AwardConflict[]
  /** Groups of awards that all exclude each other and nothing else. */
  readonly cliques: readonly (readonly number[])[]
}

export interface SelectionRequirement {
  readonly kind: 'AMOUNT' | 'ITEMS' | 'SEQUENCE'
  readonly need: number
  /** 0 for a requirement that looks at all counting awards, else the bit of serving it. */
  readonly bit: number
  /** What amounts are of: amounts of one measure can be added up across requirements. */
  readonly measure: 'ECTS' | 'AWARDS' | null
  /** For `SEQUENCE`: the awards of each step, oldest first. */
  readonly steps: readonly (readonly number[])[]
}

export interface SelectionAward {
  /** Scaled credits. */
  readonly ects: number
  /** In parallel: the requirement, how much (more than 0) the award adds to it, and the requirement's bit. */
  readonly amountOf: readonly number[]
  readonly amounts: readonly number[]
  readonly amountBits: readonly number[]
  /** In parallel: the requirement, the item (numbered across all requirements) the award stands for, and the bit. */
  readonly itemOf: readonly number[]
  readonly items: readonly number[]
  readonly itemBits: readonly number[]
  /** Bits of the decisions that make sense for it. */
  readonly options: number
  readonly awardedOn: string
  readonly inSequence: boolean
  /** Numbers of the groups it is in. */
  readonly groups: readonly number[]
  readonly conflictsWith: readonly number[]
}

/** Awards whose credits together may exceed a cap. */
export interface SelectionGroup {
  readonly limitId: string
  readonly cap: number
  readonly members: readonly number[]
}

/** Turns a rule and the awards that may count, in their order of preference, into numbers. */
export function buildSelectionProblem(
  compiled: CompiledRule,
  awards: readonly StackableAward[],
  date: string,
  scale: EctsScale,
): SelectionProblem {
  const requirements = numberRequirements(compiled, awards, scale)
  const ects = awards.map((award) => toScaled(award.ects, scale))
  const conflicts = findConflicts(compiled, awards)
  const conflictsWith: number[][] = awards.map(() => [])
  for (const { one, other } of conflicts) {
    conflictsWith[one]?.push(other)
    conflictsWith[other]?.push(one)
  }
  const groups = findGroups(compiled, awards, { date, scale, ects })
  const groupsOf: number[][] = awards.map(() => [])
  groups.forEach(({ members }, group) => {
    for (const member of members) groupsOf[member]?.push(group)
  })
  const items = compiled.requirements.map(() => new Map<string, number>())
  const counter = { items: 0 }
  return {
    awardCount: awards.length,
    requirements,
    awards: awards.map((award, index) => ({
      ects: ects[index] ?? 0,
      ...contributionsOf(award, {
        compiled,
        requirements,
        date,
        ects: ects[index] ?? 0,
        items,
        counter,
      }),
      awardedOn: award.awardedOn,
      groups: groupsOf[index] ?? [],
      conflictsWith: conflictsWith[index] ?? [],
    })),
    itemCount: counter.items,
    groups,
    conflicts,
    cliques: conflicts.length === 0 ? [] : findCliques(conflictsWith),
  }
}

function numberRequirements(
  compiled: CompiledRule,
  awards: readonly StackableAward[],
  scale: EctsScale,
): readonly SelectionRequirement[] {
  let singles = 0
  return compiled.requirements.map((requirement): SelectionRequirement => {
    const { measure } = requirement
    const isAmount = measure.kind === 'ECTS' || measure.kind === 'AWARDS'
    return {
      kind: isAmount ? 'AMOUNT' : measure.kind,
      need: measure.kind === 'ECTS' ? toScaled(requirement.need, scale) : Number(requirement.need),
      bit: requirement.isSingle ? singleBit(singles++) : 0,
      measure: isAmount ? measure.kind : null,
      steps: measure.kind === 'SEQUENCE' ? stepsOf(requirement, awards) : [],
    }
  })
}

function stepsOf(requirement: CompiledRequirement, awards: readonly StackableAward[]): number[][] {
  if (requirement.measure.kind !== 'SEQUENCE') return []
  const { stepOf, steps } = requirement.measure
  const found: number[][] = steps.map(() => [])
  // Awards come newest first; a step wants its oldest first.
  for (let index = awards.length - 1; index >= 0; index -= 1) {
    const award = awards[index]
    const step = award === undefined ? undefined : stepOf.get(award.microCredentialId)
    if (step !== undefined) found[step]?.push(index)
  }
  return found
}

interface Contributing {
  readonly compiled: CompiledRule
  readonly requirements: readonly SelectionRequirement[]
  readonly date: string
  readonly ects: number
  /** Numbers of the items found so far, by requirement. */
  readonly items: readonly Map<string, number>[]
  readonly counter: { items: number }
}

function contributionsOf(
  award: StackableAward,
  { compiled, requirements, date, ects, items: known, counter }: Contributing,
): Omit<SelectionAward, 'ects' | 'awardedOn' | 'groups' | 'conflictsWith'> {
  const amountOf: number[] = []
  const amounts: number[] = []
  const amountBits: number[] = []
  const itemOf: number[] = []
  const items: number[] = []
  const itemBits: number[] = []
  let options = outBit
  let inSequence = false
  for (let index = 0; index < requirements.length; index += 1) {
    const measure = compiled.requirements[index]?.measure
    if (measure === undefined) continue
    const bit = requirements[index]?.bit ?? 0
    let serves = false
    if (measure.kind === 'SEQUENCE') {
      serves = measure.stepOf.has(award.microCredentialId)
      inSequence ||= serves
    } else if (measure.kind === 'ITEMS') {
      for (const item of measure.itemsOf(award, date)) {
        let number = known[index]?.get(item)
        if (number === undefined) {
          number = counter.items
          counter.items += 1
          known[index]?.set(item, number)
        }
        itemOf.push(index)
        items.push(number)
        itemBits.push(bit)
        serves = true
      }
    } else {
      const amount = measure.kind === 'AWARDS' ? 1 : ects
      if (amount > 0 && measure.test(award, date)) {
        amountOf.push(index)
        amounts.push(amount)
        amountBits.push(bit)
        serves = true
      }
    }
    if (serves) options |= inBit | bit
  }
  return { amountOf, amounts, amountBits, itemOf, items, itemBits, options, inSequence }
}

function findGroups(
  compiled: CompiledRule,
  awards: readonly StackableAward[],
  {
    date,
    scale,
    ects,
  }: { readonly date: string; readonly scale: EctsScale; readonly ects: readonly number[] },
): readonly SelectionGroup[] {
  return compiled.caps.flatMap((limit) => {
    const cap = toScaled(limit.ects, scale)
    const members = new Map<string, number[]>()
    awards.forEach((award, index) => {
      const group = limit.groupOf(award, date)
      if (group === null) return
      const list = members.get(group)
      if (list === undefined) members.set(group, [index])
      else list.push(index)
    })
    const isTight = (group: readonly number[]) => {
      let sum = 0
      for (const index of group) sum += ects[index] ?? 0
      return sum > cap
    }
    return [...members.values()]
      .filter(isTight)
      .map((group) => ({ limitId: limit.id, cap, members: group }))
  })
}
