import type { MicroCredentialId } from '../../../../schema/index.js'
import { type DecimalText, multiplyDecimals } from '../decimal.js'
import type { AwardConditionKind } from './award-condition.js'
import { type ConditionTest, compileCondition, compileConditions } from './compile-condition.js'
import { findOutcomes, toOutcomeKey } from './outcome-keys.js'
import type { Distinction, Requirement, RequirementKind } from './requirement.js'
import { countPlaces } from './scaled-ects.js'
import type { QuantityUnit, StackableAward } from './stack-evaluation.js'
import type { StackingRule } from './stacking-rule.js'

/** A rule prepared once, to be evaluated for many learners. */
export interface CompiledRule {
  readonly rule: StackingRule
  /** Places after the point of the rule's own numbers. */
  readonly places: number
  readonly eligible: readonly { readonly kind: AwardConditionKind; readonly test: ConditionTest }[]
  readonly prerequisites: ReadonlyMap<MicroCredentialId, readonly MicroCredentialId[]>
  readonly requirements: readonly CompiledRequirement[]
  readonly caps: readonly CompiledCap[]
  readonly overlaps: readonly { readonly id: string; readonly percent: DecimalText }[]
}

/** A requirement as something to be counted. */
export interface CompiledRequirement {
  readonly id: string
  readonly kind: RequirementKind
  readonly isSingle: boolean
  readonly unit: QuantityUnit
  readonly need: DecimalText
  readonly measure: Measure
}

/**
 * `ECTS`: credits of what passes `test`. `AWARDS`: their number. `ITEMS`: how many different items `itemsOf` finds.
 * `SEQUENCE`: how many steps from the first on were made in order.
 */
export type Measure =
  | { readonly kind: 'ECTS' | 'AWARDS'; readonly test: ConditionTest }
  | {
      readonly kind: 'ITEMS'
      readonly itemsOf: (award: StackableAward, date: string) => readonly string[]
      /** All that could be found, where that is known. */
      readonly known: readonly string[]
    }
  | {
      readonly kind: 'SEQUENCE'
      readonly stepOf: ReadonlyMap<MicroCredentialId, number>
      readonly steps: readonly (readonly MicroCredentialId[])[]
    }

/** At most `ects` of the awards that `groupOf` puts into the same group; null: not limited. */
export interface CompiledCap {
  readonly id: string
  readonly ects: DecimalText
  readonly groupOf: (award: StackableAward, date: string) => string | null
}

/** Prepares a rule. The rule is one that {@link StackingRule}'s parser accepted. */
export function compileRule(rule: StackingRule): CompiledRule {
  const requirements = rule.requirements.map(compileRequirement)
  const caps = compileCaps(rule)
  const numbers = [...requirements.map(({ need }) => need), ...caps.map(({ ects }) => ects)]
  return {
    rule,
    places: Math.max(...numbers.map(countPlaces)),
    eligible: rule.eligible.map((condition) => ({
      kind: condition.kind,
      test: compileCondition(condition),
    })),
    prerequisites: new Map(
      rule.prerequisites.map(({ microCredentialId, requires }) => [microCredentialId, requires]),
    ),
    requirements,
    caps,
    overlaps: rule.limits.flatMap((limit) =>
      limit.kind === 'MAX_OVERLAP' ? [{ id: limit.id, percent: limit.percent }] : [],
    ),
  }
}

/** `percent` of `ofEcts`, exact. */
export function shareOf(percent: DecimalText, ofEcts: DecimalText): DecimalText {
  return multiplyDecimals(multiplyDecimals(percent, ofEcts), '0.01')
}

function compileRequirement(requirement: Requirement): CompiledRequirement {
  const { id, kind } = requirement
  const isSingle = 'use' in requirement && requirement.use === 'SINGLE'
  const named = { id, kind, isSingle }
  switch (requirement.kind) {
    case 'MIN_ECTS':
    case 'MIN_SHARE': {
      const need =
        requirement.kind === 'MIN_ECTS'
          ? requirement.ects
          : shareOf(requirement.percent, requirement.ofEcts)
      const test = compileConditions(requirement.where)
      return { ...named, unit: 'ECTS', need, measure: { kind: 'ECTS', test } }
    }
    case 'RESIDENCY': {
      const test: ConditionTest = (award) => award.awardingMember === requirement.member
      return { ...named, unit: 'ECTS', need: requirement.ects, measure: { kind: 'ECTS', test } }
    }
    case 'MIN_AWARDS': {
      const test = compileConditions(requirement.where)
      const need = String(requirement.count)
      return { ...named, unit: 'AWARDS', need, measure: { kind: 'AWARDS', test } }
    }
    case 'ALL_OF':
    case 'CHOOSE': {
      const ids = requirement.kind === 'ALL_OF' ? requirement.microCredentialIds : requirement.from
      const need = String(requirement.kind === 'ALL_OF' ? ids.length : requirement.count)
      const wanted = new Set<string>(ids)
      const itemsOf = (award: StackableAward) =>
        wanted.has(award.microCredentialId) ? [award.microCredentialId] : []
      const measure: Measure = { kind: 'ITEMS', itemsOf, known: ids }
      return { ...named, unit: 'MICRO_CREDENTIALS', need, measure }
    }
    case 'OUTCOMES': {
      const wanted = new Map(requirement.allOf.map((text) => [toOutcomeKey(text), text]))
      // Awards of one definition share their list of outcomes: it is looked through once.
      const known = new WeakMap<object, readonly string[]>()
      const itemsOf = ({ learningOutcomes }: StackableAward) => {
        const before = known.get(learningOutcomes)
        if (before !== undefined) return before
        const found = findOutcomes(learningOutcomes, wanted)
        known.set(learningOutcomes, found)
        return found
      }
      const measure: Measure = { kind: 'ITEMS', itemsOf, known: requirement.allOf }
      return { ...named, unit: 'OUTCOMES', need: String(wanted.size), measure }
    }
    case 'DISTINCT': {
      const test = compileConditions(requirement.where)
      const unit = requirement.by === 'MEMBER' ? 'MEMBERS' : 'JURISDICTIONS'
      const itemsOf = (award: StackableAward, date: string) =>
        test(award, date) ? [originOf(award, requirement.by)] : []
      const measure: Measure = { kind: 'ITEMS', itemsOf, known: [] }
      return { ...named, unit, need: String(requirement.count), measure }
    }
    case 'SEQUENCE': {
      const { steps } = requirement
      const stepOf = new Map(steps.flatMap((ids, step) => ids.map((mc) => [mc, step] as const)))
      const measure: Measure = { kind: 'SEQUENCE', stepOf, steps }
      return { ...named, unit: 'STEPS', need: String(steps.length), measure }
    }
  }
}

function compileCaps(rule: StackingRule): readonly CompiledCap[] {
  const caps: CompiledCap[] = []
  for (const limit of rule.limits) {
    if (limit.kind === 'MAX_FROM_ONE') {
      const groupOf = (award: StackableAward) => originOf(award, limit.by)
      caps.push({ id: limit.id, ects: limit.ects, groupOf })
    } else if (limit.kind !== 'MAX_OVERLAP') {
      const test = compileConditions(limit.where)
      const ects = limit.kind === 'MAX_ECTS' ? limit.ects : shareOf(limit.percent, limit.ofEcts)
      const groupOf = (award: StackableAward, date: string) => (test(award, date) ? '' : null)
      caps.push({ id: limit.id, ects, groupOf })
    }
  }
  return caps
}

function originOf(award: StackableAward, by: Distinction): string {
  return by === 'MEMBER' ? award.awardingMember : award.jurisdictionCode
}
