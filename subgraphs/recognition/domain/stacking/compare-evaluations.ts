import type { AwardId } from '../../../../schema/index.js'
import type { DecimalText } from '../decimal.js'
import { joinWords, type NameOf } from './explain-condition.js'
import { explainExclusion } from './explain-evaluation.js'
import type {
  ExclusionReason,
  RequirementResult,
  StackDecision,
  StackEvaluation,
  StackOutcome,
} from './stack-evaluation.js'

/** One difference between two evaluations of the same learner and stacked credential. */
export type StackChange =
  | { readonly code: 'RULE_VERSION_CHANGED'; readonly from: number; readonly to: number }
  | {
      readonly code: 'OUTCOME_CHANGED'
      readonly from: StackOutcome | 'UNDECIDED'
      readonly to: StackOutcome | 'UNDECIDED'
    }
  | { readonly code: 'ECTS_CHANGED'; readonly from: DecimalText; readonly to: DecimalText }
  /** An award that counted no longer does; `reasons` is empty when it is not among the learner's awards any more. */
  | {
      readonly code: 'AWARD_LEFT'
      readonly awardId: AwardId
      readonly reasons: readonly ExclusionReason[]
      /** What it served before. */
      readonly requirementIds: readonly string[]
    }
  | {
      readonly code: 'AWARD_JOINED'
      readonly awardId: AwardId
      readonly requirementIds: readonly string[]
    }
  | {
      readonly code: 'REQUIREMENT_MET' | 'REQUIREMENT_LOST' | 'PROGRESS_CHANGED'
      readonly requirementId: string
      readonly missingBefore: DecimalText
      readonly missingAfter: DecimalText
      readonly because: RequirementCause
    }
  | {
      readonly code: 'REQUIREMENT_ADDED' | 'REQUIREMENT_REMOVED'
      readonly requirementId: string
      readonly isMet: boolean
    }

/** What stands behind the change of a requirement. */
export interface RequirementCause {
  /** The rule asks for another amount than before. */
  readonly needChanged: boolean
  readonly awardsLeft: readonly AwardId[]
  readonly awardsJoined: readonly AwardId[]
}

/** What changed from one evaluation to the next and why: a revocation, a new award, another rule. Empty for nothing. */
export function compareEvaluations(
  before: StackEvaluation,
  after: StackEvaluation,
): readonly StackChange[] {
  const changes: StackChange[] = []
  if (before.ruleVersion !== after.ruleVersion) {
    const { ruleVersion: from } = before
    changes.push({ code: 'RULE_VERSION_CHANGED', from, to: after.ruleVersion })
  }
  const from = before.kind === 'UNDECIDED' ? before.kind : before.outcome
  const to = after.kind === 'UNDECIDED' ? after.kind : after.outcome
  if (from !== to) changes.push({ code: 'OUTCOME_CHANGED', from, to })
  if (before.kind === 'UNDECIDED' || after.kind === 'UNDECIDED') return changes
  if (before.ectsCounted !== after.ectsCounted) {
    changes.push({ code: 'ECTS_CHANGED', from: before.ectsCounted, to: after.ectsCounted })
  }
  changes.push(...awardChanges(before, after), ...requirementChanges(before, after))
  return changes
}

function awardChanges(before: StackDecision, after: StackDecision): StackChange[] {
  const changes: StackChange[] = []
  const counted = new Set(before.uses.map(({ awardId }) => awardId))
  const counting = new Set(after.uses.map(({ awardId }) => awardId))
  for (const { awardId, requirementIds } of before.uses) {
    if (counting.has(awardId)) continue
    const reasons = after.excluded.find((award) => award.awardId === awardId)?.reasons ?? []
    changes.push({ code: 'AWARD_LEFT', awardId, reasons, requirementIds })
  }
  for (const { awardId, requirementIds } of after.uses) {
    if (!counted.has(awardId)) changes.push({ code: 'AWARD_JOINED', awardId, requirementIds })
  }
  return changes
}

function requirementChanges(before: StackDecision, after: StackDecision): StackChange[] {
  const changes: StackChange[] = []
  const earlier = new Map(before.requirements.map((result) => [result.requirementId, result]))
  for (const result of after.requirements) {
    const { requirementId, isMet } = result
    const was = earlier.get(requirementId)
    earlier.delete(requirementId)
    if (was === undefined) changes.push({ code: 'REQUIREMENT_ADDED', requirementId, isMet })
    else if (was.missing !== result.missing || was.unit !== result.unit) {
      changes.push({
        code: toCode(was, result),
        requirementId,
        missingBefore: was.missing,
        missingAfter: result.missing,
        because: {
          needChanged: was.need !== result.need || was.kind !== result.kind,
          awardsLeft: was.awardIds.filter((id) => !result.awardIds.includes(id)),
          awardsJoined: result.awardIds.filter((id) => !was.awardIds.includes(id)),
        },
      })
    }
  }
  for (const { requirementId, isMet } of earlier.values()) {
    changes.push({ code: 'REQUIREMENT_REMOVED', requirementId, isMet })
  }
  return changes
}

function toCode(was: RequirementResult, is: RequirementResult) {
  if (was.isMet === is.isMet) return 'PROGRESS_CHANGED'
  return is.isMet ? 'REQUIREMENT_MET' : 'REQUIREMENT_LOST'
}

/** A change as an English sentence. */
export function explainChange(change: StackChange, nameOf: NameOf = (id) => id): string {
  switch (change.code) {
    case 'RULE_VERSION_CHANGED':
      return `The rule changed from version ${change.from} to ${change.to}.`
    case 'OUTCOME_CHANGED':
      return `The outcome changed from ${change.from} to ${change.to}.`
    case 'ECTS_CHANGED':
      return `${change.to} ECTS count, before ${change.from}.`
    case 'AWARD_LEFT': {
      const reasons = change.reasons.map((reason) => explainExclusion(reason, nameOf)).join('; ')
      return `${nameOf(change.awardId)} no longer counts: ${reasons || 'it is not among the awards any more'}.`
    }
    case 'AWARD_JOINED':
      return `${nameOf(change.awardId)} counts now.`
    case 'REQUIREMENT_MET':
      return `Requirement ${change.requirementId} is met now${explainCause(change.because, nameOf)}.`
    case 'REQUIREMENT_LOST':
      return `Requirement ${change.requirementId} is no longer met, ${change.missingAfter} missing${explainCause(change.because, nameOf)}.`
    case 'PROGRESS_CHANGED':
      return `Requirement ${change.requirementId} misses ${change.missingAfter}, before ${change.missingBefore}${explainCause(change.because, nameOf)}.`
    case 'REQUIREMENT_ADDED':
      return `Requirement ${change.requirementId} is new and ${change.isMet ? '' : 'not '}met.`
    case 'REQUIREMENT_REMOVED':
      return `Requirement ${change.requirementId} is no longer asked for.`
  }
}

function explainCause(cause: RequirementCause, nameOf: NameOf): string {
  const parts: string[] = []
  if (cause.needChanged) parts.push('the rule asks for something else')
  if (cause.awardsLeft.length > 0)
    parts.push(`without ${joinWords(cause.awardsLeft.map(nameOf), 'and')}`)
  if (cause.awardsJoined.length > 0)
    parts.push(`with ${joinWords(cause.awardsJoined.map(nameOf), 'and')}`)
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`
}
