import { pickText } from '../localised-text.js'
import { countOf, joinWords, type NameOf, quote } from './explain-condition.js'
import { nameRequirement } from './explain-rule.js'
import type {
  ExclusionReason,
  QuantityUnit,
  RequirementResult,
  StackDecision,
  StackEvaluation,
} from './stack-evaluation.js'
import type { StackingRule } from './stacking-rule.js'

/** An evaluation in English sentences: the outcome first, then each requirement, then each award left out. */
export function explainEvaluation(
  rule: StackingRule,
  evaluation: StackEvaluation,
  nameOf: NameOf = (id) => id,
): readonly string[] {
  const title = quote(pickText(rule.titles, 'en'))
  if (evaluation.kind === 'UNDECIDED') {
    return [`${title} was not decided: ${evaluation.code} (limit ${evaluation.limit}).`]
  }
  return [
    summarise(title, evaluation),
    ...evaluation.requirements.map((result, index) => {
      const requirement = rule.requirements[index]
      const name =
        requirement === undefined ? result.requirementId : nameRequirement(requirement, nameOf)
      return explainResult(name, result, nameOf)
    }),
    ...evaluation.excluded.map(
      ({ microCredentialId, reasons }) =>
        `${nameOf(microCredentialId)} does not count: ${reasons.map((r) => explainExclusion(r, nameOf)).join('; ')}.`,
    ),
  ]
}

/** Why an award does not count, as a part of a sentence. */
export function explainExclusion(reason: ExclusionReason, nameOf: NameOf = (id) => id): string {
  switch (reason.code) {
    case 'REVOKED':
      return 'it was revoked'
    case 'SUSPENDED':
      return 'it is suspended'
    case 'SUPERSEDED':
      return reason.by === null ? 'it was superseded' : `it was superseded by ${reason.by}`
    case 'NOT_YET_AWARDED':
      return `it is only awarded on ${reason.awardedOn}`
    case 'USED_ELSEWHERE':
      return `it counts towards ${nameOf(reason.by)}`
    case 'NOT_ELIGIBLE':
      return `it does not meet the condition ${reason.condition} of the rule`
    case 'PREREQUISITE_MISSING':
      return `${joinWords(reason.missing.map(nameOf), 'and')} was not awarded before it`
    case 'SERVES_NO_REQUIREMENT':
      return 'no requirement asks for it'
    case 'NOT_NEEDED':
      return 'it is not needed and stays free'
    case 'LIMIT_REACHED':
      return `the limit ${quote(reason.limitId)} is reached without it`
    case 'SAME_AS':
      return `the same counts already (${reason.awardId})`
    case 'OVERLAPS':
      return `its outcomes overlap with those of ${reason.awardId}`
  }
}

function summarise(title: string, decision: StackDecision): string {
  const met = decision.requirements.filter(({ isMet }) => isMet).length
  const of = `${met} of ${countOf(decision.requirements.length, 'requirement')} met`
  const counted = `${countOf(decision.uses.length, 'award')} with ${decision.ectsCounted} ECTS counting`
  const force = decision.isRuleInForce ? '' : ' The rule is not in force on this day.'
  return `${title}: ${outcomeWords[decision.outcome]} on ${decision.date}, ${of}, ${counted}.${force}`
}

const outcomeWords = { FULFILLED: 'fulfilled', PARTLY: 'partly fulfilled', NOT: 'not fulfilled' }

function explainResult(name: string, result: RequirementResult, nameOf: NameOf): string {
  const { isMet, have, need, missing, unit, missingItems } = result
  const progress = `${have} of ${countUnits(need, unit)}`
  if (isMet) return `Met: ${name} (${progress}).`
  const open =
    missingItems.length === 0
      ? ''
      : result.kind === 'ALL_OF' || result.kind === 'OUTCOMES'
        ? `: ${joinWords(missingItems.map(nameOf), 'and')}`
        : `: ${joinWords(missingItems.map(nameOf), 'or')}`
  return `Missing: ${name} (${progress}; ${countUnits(missing, unit)} to go${open}).`
}

function countUnits(value: string, unit: QuantityUnit): string {
  return unit === 'ECTS' ? `${value} ECTS` : countOf(value, unitNouns[unit])
}

const unitNouns = {
  AWARDS: 'award',
  MICRO_CREDENTIALS: 'micro-credential',
  OUTCOMES: 'outcome',
  MEMBERS: 'member',
  JURISDICTIONS: 'jurisdiction',
  STEPS: 'step',
}
