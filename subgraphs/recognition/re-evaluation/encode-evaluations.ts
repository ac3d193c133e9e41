import type { AwardId } from '../../../schema/index.js'
import type { CompiledStack } from '../domain/evaluate-all-stacks.js'
import type { LearnerHistory } from '../domain/evaluate-learners.js'
import type { CompiledRule } from '../domain/stacking/compile-rule.js'
import { listMissingItems } from '../domain/stacking/list-missing-items.js'
import type {
  ExclusionReason,
  StackableAward,
  StackDecision,
  StackEvaluation,
  UndecidedStack,
} from '../domain/stacking/stack-evaluation.js'

/** What a decision says beyond its rule and awards; awards by their place in the history. */
type EncodedDecision = readonly [
  stack: number,
  isRuleInForce: boolean,
  outcome: StackDecision['outcome'],
  ectsCounted: string,
  requirements: readonly EncodedRequirement[],
  counting: readonly number[],
  excluded: readonly (readonly [place: number, reasons: readonly ExclusionReason[]])[],
]
type EncodedRequirement = readonly [have: string, missing: string, places: readonly number[]]
type EncodedEvaluation = EncodedDecision | UndecidedStack

/**
 * Evaluations as one string for another thread that has the rules and histories: what follows from those is left out,
 * which makes it a tenth as long.
 */
export function encodeEvaluations(
  stacks: readonly CompiledStack[],
  histories: readonly LearnerHistory[],
  evaluations: readonly (readonly StackEvaluation[])[],
): string {
  const stackOf = new Map(stacks.map(({ id }, place) => [id, place]))
  return JSON.stringify(
    evaluations.map((list, learner) => {
      const awards = histories[learner]?.awards ?? []
      const placeOf = new Map(awards.map(({ id }, place) => [id, place]))
      return list.map((evaluation) => encode(evaluation, stackOf, placeOf))
    }),
  )
}

/** The evaluations that {@link encodeEvaluations} wrote of these. */
export function decodeEvaluations(
  text: string,
  stacks: readonly CompiledStack[],
  { histories, date }: { readonly histories: readonly LearnerHistory[]; readonly date: string },
): readonly (readonly StackEvaluation[])[] {
  const encoded = JSON.parse(text) as readonly (readonly EncodedEvaluation[])[]
  return encoded.map((list, learner) => {
    const awards = histories[learner]?.awards ?? []
    return list.map((evaluation) => {
      if ('kind' in evaluation) return evaluation
      const compiled = stacks[evaluation[0]]?.compiled
      if (compiled === undefined) throw new RangeError('an evaluation of no stack asked for')
      return decode(evaluation, { compiled, awards, date })
    })
  })
}

function encode(
  evaluation: StackEvaluation,
  stackOf: ReadonlyMap<string, number>,
  placeOf: ReadonlyMap<AwardId, number>,
): EncodedEvaluation {
  if (evaluation.kind === 'UNDECIDED') return evaluation
  const places = (ids: readonly AwardId[]) => ids.map((id) => placeOf.get(id) ?? -1)
  return [
    stackOf.get(evaluation.stackedCredentialId) ?? -1,
    evaluation.isRuleInForce,
    evaluation.outcome,
    evaluation.ectsCounted,
    evaluation.requirements.map(({ have, missing, awardIds }) => [have, missing, places(awardIds)]),
    evaluation.uses.map(({ awardId }) => placeOf.get(awardId) ?? -1),
    evaluation.excluded.map(({ awardId, reasons }) => [placeOf.get(awardId) ?? -1, reasons]),
  ]
}

function decode(
  [, isRuleInForce, outcome, ectsCounted, results, counting, excluded]: EncodedDecision,
  {
    compiled: { rule, requirements },
    awards,
    date,
  }: {
    readonly compiled: CompiledRule
    readonly awards: readonly StackableAward[]
    readonly date: string
  },
): StackDecision {
  const awardAt = (place: number): StackableAward => {
    const award = awards[place]
    if (award === undefined) throw new RangeError('an evaluation of an award not asked for')
    return award
  }
  return {
    kind: 'DECIDED',
    stackedCredentialId: rule.id,
    ruleVersion: rule.version,
    date,
    isRuleInForce,
    outcome,
    requirements: requirements.map(({ id, kind, unit, need, measure }, index) => {
      const [have = '0', missing = need, places = []] = results[index] ?? []
      const serving = places.map(awardAt)
      const isMet = missing === '0'
      return {
        requirementId: id,
        kind,
        isMet,
        unit,
        need,
        have,
        missing,
        missingItems: isMet ? [] : listMissingItems(measure, serving, { have: Number(have), date }),
        awardIds: serving.map((award) => award.id),
      }
    }),
    ectsCounted,
    uses: counting.map((place) => {
      const { id, microCredentialId, ects } = awardAt(place)
      const requirementIds = requirements
        .filter((_, index) => results[index]?.[2].includes(place))
        .map((requirement) => requirement.id)
      return { awardId: id, microCredentialId, ects, requirementIds }
    }),
    excluded: excluded.map(([place, reasons]) => {
      const { id, microCredentialId } = awardAt(place)
      return { awardId: id, microCredentialId, reasons }
    }),
  }
}
