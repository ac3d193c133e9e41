import { compareDecimals, multiplyDecimals } from '../decimal.js'
import type { CompiledRequirement, CompiledRule } from './compile-rule.js'
import { listOutcomeTitles } from './outcome-keys.js'
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
  readonly caps: readonly SelectionCap[]
  readonly conflicts: readonly SelectionConflict[]
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
  /** Pairs in parallel: the requirement, and how much (more than 0) the award adds to it. */
  readonly amountOf: readonly number[]
  readonly amounts: readonly number[]
  /** Pairs in parallel: the requirement, and the item (numbered across all requirements) the award stands for. */
  readonly itemOf: readonly number[]
  readonly items: readonly number[]
  /** Bits of the decisions that make sense for it. */
  readonly options: number
  readonly awardedOn: string
  readonly inSequence: boolean
  readonly conflictsWith: readonly number[]
}

export interface SelectionCap {
  readonly id: string
  readonly cap: number
  /** Awards of each group whose credits together may exceed the cap. */
  readonly groups: readonly (readonly number[])[]
}

export interface SelectionConflict {
  readonly one: number
  readonly other: number
  /** The limit that says so; null for the same micro-credential or opportunity. */
  readonly limitId: string | null
}

/** Turns a rule and the awards that may count, in their order of preference, into numbers. */
export function buildSelectionProblem(
  compiled: CompiledRule,
  awards: readonly StackableAward[],
  date: string,
  scale: EctsScale,
): SelectionProblem {
  let singles = 0
  const itemNumbers = new Map<string, number>()
  const requirements = compiled.requirements.map((requirement): SelectionRequirement => {
    const { measure } = requirement
    const bit = requirement.isSingle ? singleBit(singles++) : 0
    const isEcts = measure.kind === 'ECTS'
    return {
      kind: measure.kind === 'ITEMS' || measure.kind === 'SEQUENCE' ? measure.kind : 'AMOUNT',
      need: isEcts ? toScaled(requirement.need, scale) : Number(requirement.need),
      bit,
      measure: measure.kind === 'ECTS' || measure.kind === 'AWARDS' ? measure.kind : null,
      steps: measure.kind === 'SEQUENCE' ? stepsOf(requirement, awards) : [],
    }
  })
  const conflicts = findConflicts(compiled, awards)
  const conflictsWith: number[][] = awards.map(() => [])
  for (const { one, other } of conflicts) {
    conflictsWith[one]?.push(other)
    conflictsWith[other]?.push(one)
  }
  return {
    awardCount: awards.length,
    requirements,
    awards: awards.map((award, index) => ({
      ects: toScaled(award.ects, scale),
      ...contributionsOf(award, compiled.requirements, requirements, { date, scale, itemNumbers }),
      awardedOn: award.awardedOn,
      conflictsWith: conflictsWith[index] ?? [],
    })),
    itemCount: itemNumbers.size,
    caps: compiled.caps.map(({ id, ects, groupOf }) => {
      const cap = toScaled(ects, scale)
      const members = new Map<string, number[]>()
      awards.forEach((award, index) => {
        const group = groupOf(award, date)
        if (group === null) return
        const list = members.get(group)
        if (list === undefined) members.set(group, [index])
        else list.push(index)
      })
      const sizeOf = (group: readonly number[]) =>
        group.reduce((sum, index) => sum + toScaled(awards[index]?.ects ?? '0', scale), 0)
      return { id, cap, groups: [...members.values()].filter((group) => sizeOf(group) > cap) }
    }),
    conflicts,
    cliques: findCliques(conflictsWith),
  }
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

interface Numbering {
  readonly date: string
  readonly scale: EctsScale
  readonly itemNumbers: Map<string, number>
}

function contributionsOf(
  award: StackableAward,
  compiled: readonly CompiledRequirement[],
  requirements: readonly SelectionRequirement[],
  { date, scale, itemNumbers }: Numbering,
): Pick<SelectionAward, 'amountOf' | 'amounts' | 'itemOf' | 'items' | 'options' | 'inSequence'> {
  const amountOf: number[] = []
  const amounts: number[] = []
  const itemOf: number[] = []
  const items: number[] = []
  let options = outBit
  let inSequence = false
  compiled.forEach(({ measure }, index) => {
    let serves = false
    if (measure.kind === 'SEQUENCE') {
      serves = measure.stepOf.has(award.microCredentialId)
      inSequence ||= serves
    } else if (measure.kind === 'ITEMS') {
      for (const item of measure.itemsOf(award, date)) {
        const key = `${index} ${item}`
        const number = itemNumbers.get(key) ?? itemNumbers.size
        itemNumbers.set(key, number)
        itemOf.push(index)
        items.push(number)
        serves = true
      }
    } else if (measure.test(award, date)) {
      const amount = measure.kind === 'AWARDS' ? 1 : toScaled(award.ects, scale)
      if (amount > 0) {
        amountOf.push(index)
        amounts.push(amount)
        serves = true
      }
    }
    if (serves) options |= inBit | (requirements[index]?.bit ?? 0)
  })
  return { amountOf, amounts, itemOf, items, options, inSequence }
}

function findConflicts(
  compiled: CompiledRule,
  awards: readonly StackableAward[],
): SelectionConflict[] {
  const conflicts: SelectionConflict[] = []
  const titles =
    compiled.overlaps.length === 0
      ? []
      : awards.map(({ learningOutcomes }) => listOutcomeTitles(learningOutcomes))
  for (let one = 0; one < awards.length; one += 1) {
    for (let other = one + 1; other < awards.length; other += 1) {
      const limitId = conflictOf(one, other)
      if (limitId !== undefined) conflicts.push({ one, other, limitId })
    }
  }
  return conflicts

  /** The limit two awards break together, null for being the same, undefined for none. */
  function conflictOf(one: number, other: number): string | null | undefined {
    const a = awards[one]
    const b = awards[other]
    if (a === undefined || b === undefined) return undefined
    if (a.microCredentialId === b.microCredentialId || a.opportunityId === b.opportunityId) {
      return null
    }
    const left = titles[one]
    const right = titles[other]
    if (left === undefined || right === undefined) return undefined
    const [fewer, more] = left.size <= right.size ? [left, right] : [right, left]
    let shared = 0
    for (const title of fewer) if (more.has(title)) shared += 1
    if (shared === 0) return undefined
    return compiled.overlaps.find(({ percent }) => {
      const allowed = multiplyDecimals(percent, String(fewer.size))
      return compareDecimals(String(shared * 100), allowed) > 0
    })?.id
  }
}

/** Connected awards that all exclude each other, the usual case: one course taken twice. */
function findCliques(conflictsWith: readonly (readonly number[])[]): number[][] {
  const cliques: number[][] = []
  conflictsWith.forEach((others, index) => {
    const group = [index, ...others].sort((a, b) => a - b)
    if (others.length === 0 || group[0] !== index) return
    const isClique = group.every((member) => {
      const theirs = conflictsWith[member] ?? []
      return (
        theirs.length === others.length && group.every((x) => x === member || theirs.includes(x))
      )
    })
    if (isClique) cliques.push(group)
  })
  return cliques
}
