import { type AwardId, compareCodePoints } from '../../../../schema/index.js'
import type { CompiledRequirement, CompiledRule } from './compile-rule.js'
import { explainExclusions } from './explain-exclusions.js'
import { followSequence, measureSelection } from './measure-selection.js'
import { type EctsScale, fromScaled } from './scaled-ects.js'
import type { ScreenedAwards } from './screen-awards.js'
import { outBit, type SelectionProblem } from './selection-problem.js'
import type { Selection } from './solve-selection.js'
import type { AwardUse, RequirementResult, StackDecision } from './stack-evaluation.js'

export interface DecisionParts {
  readonly compiled: CompiledRule
  readonly problem: SelectionProblem
  readonly selection: Selection
  readonly screened: ScreenedAwards
  readonly scale: EctsScale
  readonly date: string
}

/** Puts a selection into the words of the rule: per requirement, per award. */
export function buildDecision(parts: DecisionParts): StackDecision {
  const { compiled, problem, selection, screened, scale, date } = parts
  const { rule } = compiled
  const { choice } = selection
  const servedBy = compiled.requirements.map((_, index) => listServing(problem, choice, index))
  const reach = new Float64Array(problem.requirements.length)
  measureSelection(problem, choice, reach, new Int32Array(problem.itemCount))
  const requirements = compiled.requirements.map((requirement, index) => {
    const serving = servedBy[index] ?? []
    return toResult(parts, requirement, { have: reach[index] ?? 0, serving, index })
  })
  const uses: AwardUse[] = []
  let counted = 0
  screened.countable.forEach(({ id, microCredentialId, ects }, award) => {
    if (choice[award] === outBit) return
    counted += problem.awards[award]?.ects ?? 0
    const serves = compiled.requirements.filter((_, index) => servedBy[index]?.includes(award))
    const requirementIds = serves.map((requirement) => requirement.id)
    uses.push({ awardId: id, microCredentialId, ects, requirementIds })
  })
  const excluded = [...screened.excluded, ...explainExclusions(problem, choice, screened.countable)]
  const isFulfilled = requirements.every(({ isMet }) => isMet)
  return {
    kind: 'DECIDED',
    stackedCredentialId: rule.id,
    ruleVersion: rule.version,
    date,
    isRuleInForce:
      rule.inForceFrom <= date && (rule.inForceUntil === null || date <= rule.inForceUntil),
    outcome: isFulfilled ? 'FULFILLED' : uses.length > 0 ? 'PARTLY' : 'NOT',
    requirements,
    ectsCounted: fromScaled(counted, scale),
    uses: uses.sort(byAwardId),
    excluded: excluded.sort(byAwardId),
  }
}

function byAwardId(a: { readonly awardId: AwardId }, b: { readonly awardId: AwardId }): number {
  return compareCodePoints(a.awardId, b.awardId)
}

/** Places of the counting awards that serve a requirement. */
function listServing(
  problem: SelectionProblem,
  choice: Int32Array,
  requirement: number,
): readonly number[] {
  const bit = problem.requirements[requirement]?.bit ?? 0
  if (problem.requirements[requirement]?.kind === 'SEQUENCE') {
    return followSequence(problem, requirement, choice)
  }
  const serving: number[] = []
  problem.awards.forEach(({ amountOf, itemOf }, index) => {
    const decided = choice[index] ?? outBit
    if (decided === outBit || (bit !== 0 && decided !== bit)) return
    if (amountOf.includes(requirement) || itemOf.includes(requirement)) serving.push(index)
  })
  return serving
}

function toResult(
  { screened, scale, problem, date }: DecisionParts,
  { id, kind, unit, need, measure }: CompiledRequirement,
  { have, serving, index }: { have: number; serving: readonly number[]; index: number },
): RequirementResult {
  const needed = problem.requirements[index]?.need ?? 0
  const print = (value: number) => (unit === 'ECTS' ? fromScaled(value, scale) : String(value))
  const isMet = have >= needed
  const awards = serving.flatMap((place) => screened.countable[place] ?? [])
  return {
    requirementId: id,
    kind,
    isMet,
    unit,
    need,
    have: print(have),
    missing: print(Math.max(0, needed - have)),
    missingItems: isMet ? [] : listMissing(),
    awardIds: awards.map((award) => award.id).sort(compareCodePoints),
  }

  function listMissing(): readonly string[] {
    if (measure.kind === 'SEQUENCE') return measure.steps[have] ?? []
    if (measure.kind !== 'ITEMS') return []
    const found = new Set(awards.flatMap((award) => measure.itemsOf(award, date)))
    return measure.known.filter((item) => !found.has(item))
  }
}
