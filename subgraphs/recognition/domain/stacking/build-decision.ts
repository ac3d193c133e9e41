import type { CompiledRequirement, CompiledRule } from './compile-rule.js'
import { explainExclusions } from './explain-exclusions.js'
import { listMissingItems } from './list-missing-items.js'
import { followSequence, measureSelection } from './measure-selection.js'
import { type EctsScale, fromScaled } from './scaled-ects.js'
import type { ScreenedAwards } from './screen-awards.js'
import { outBit, type SelectionProblem } from './selection-problem.js'
import type { Selection } from './solve-selection.js'
import type { AwardUse, RequirementResult, StackDecision } from './stack-evaluation.js'
import { zeros } from './zeros.js'

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
  const { countable } = screened
  const counting = [...countable.keys()].filter((place) => choice[place] !== outBit)
  // Ordered once, here: everything below keeps this order.
  counting.sort((a, b) => compareIds(countable[a]?.id ?? '', countable[b]?.id ?? ''))
  const servedBy = listServing(problem, choice, counting)
  const reach = zeros(problem.requirements.length)
  measureSelection(problem, choice, reach, zeros(problem.itemCount))
  const requirements = compiled.requirements.map((requirement, index) => {
    const serving = servedBy[index] ?? []
    return toResult(parts, requirement, { have: reach[index] ?? 0, serving, index })
  })
  const requirementIdsOf = new Map<number, string[]>(counting.map((place) => [place, []]))
  compiled.requirements.forEach(({ id }, index) => {
    for (const place of servedBy[index] ?? []) requirementIdsOf.get(place)?.push(id)
  })
  let counted = 0
  const uses = counting.flatMap((place): AwardUse[] => {
    const award = countable[place]
    if (award === undefined) return []
    counted += problem.awards[place]?.ects ?? 0
    const { id, microCredentialId, ects } = award
    const requirementIds = requirementIdsOf.get(place) ?? []
    return [{ awardId: id, microCredentialId, ects, requirementIds }]
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
    uses,
    excluded: excluded.sort((a, b) => compareIds(a.awardId, b.awardId)),
  }
}

/** Ids are ASCII, so this is their order by code point. */
function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Places of the counting awards that serve each requirement, in the order of `counting`. */
function listServing(
  problem: SelectionProblem,
  choice: readonly number[],
  counting: readonly number[],
): readonly (readonly number[])[] {
  const serving: number[][] = problem.requirements.map(() => [])
  for (const place of counting) {
    const award = problem.awards[place]
    for (const requirement of award?.amountOf ?? []) note(requirement, place)
    for (const requirement of award?.itemOf ?? []) note(requirement, place)
  }
  problem.requirements.forEach(({ kind }, index) => {
    if (kind !== 'SEQUENCE') return
    const made = followSequence(problem, index, choice)
    serving[index] = counting.filter((place) => made.includes(place))
  })
  return serving

  function note(requirement: number, place: number): void {
    const bit = problem.requirements[requirement]?.bit ?? 0
    if (bit !== 0 && choice[place] !== bit) return
    const list = serving[requirement]
    // An award stands for several items of one requirement in a row.
    if (list !== undefined && list.at(-1) !== place) list.push(place)
  }
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
    missingItems: isMet ? [] : listMissingItems(measure, awards, { have, date }),
    awardIds: awards.map((award) => award.id),
  }
}
