import type { LearnerId, StackedCredentialId } from '../../../schema/index.js'
import { compareDecimals } from './decimal.js'
import type { RecognitionFact } from './recognition-event.js'
import { type StackState, type StackStatus, statusOf } from './stacked-credential.js'
import type { StackDecision, StackEvaluation } from './stacking/stack-evaluation.js'

/** One change of a learner's state towards a stacked credential: from what, to what, by what, and in which points. */
export interface StackChange {
  readonly learnerId: LearnerId
  readonly stackedCredentialId: StackedCredentialId
  /** The state's version that this change made; from 1. */
  readonly stateVersion: number
  readonly ruleVersion: number
  /** Null for the first state. */
  readonly fromStatus: StackStatus | null
  readonly toStatus: StackStatus
  readonly cause: StackCause
  readonly differences: readonly StackDifference[]
  /** ISO instant. */
  readonly recordedAt: string
}

/** `EVENT`: something became of an award. `RULE`: another version of the rule was published. */
export type StackCause =
  | {
      readonly kind: 'EVENT'
      readonly eventId: string
      readonly eventKind: RecognitionFact['kind']
      readonly awardId: string
    }
  | { readonly kind: 'RULE'; readonly stackedCredentialId: StackedCredentialId }

export const stackDifferenceCodes = [
  'AWARD_COUNTS',
  'AWARD_COUNTS_NO_LONGER',
  'ECTS_COUNTED',
  'REQUIREMENT_MET',
  'REQUIREMENT_OPEN',
  'REQUIREMENT_PROGRESSED',
  'RULE_VERSION',
] as const

export interface StackDifference {
  readonly code: (typeof stackDifferenceCodes)[number]
  /** The award or requirement it is about; null for the whole. */
  readonly subject: string | null
  readonly from: string | null
  readonly to: string | null
  /** Codes why an award counts no longer. */
  readonly reasons: readonly string[]
}

/** In which points an evaluation differs from the one before it; empty when it says the same. */
export function listStackDifferences(
  before: StackState | undefined,
  after: StackEvaluation,
): readonly StackDifference[] {
  const old = before?.evaluation.kind === 'DECIDED' ? before.evaluation : null
  const differences: StackDifference[] = []
  const add = (
    code: StackDifference['code'],
    subject: string | null,
    change: { from?: string | null; to?: string | null; reasons?: readonly string[] },
  ) =>
    differences.push({
      code,
      subject,
      from: change.from ?? null,
      to: change.to ?? null,
      reasons: change.reasons ?? [],
    })
  if (before && before.ruleVersion !== after.ruleVersion) {
    add('RULE_VERSION', null, { from: `${before.ruleVersion}`, to: `${after.ruleVersion}` })
  }
  if (after.kind === 'UNDECIDED') return differences
  const counted = new Set(old?.uses.map(({ awardId }) => awardId))
  for (const { awardId } of after.uses)
    if (!counted.delete(awardId)) add('AWARD_COUNTS', awardId, {})
  for (const awardId of counted) {
    add('AWARD_COUNTS_NO_LONGER', awardId, { reasons: reasonsFor(after, awardId) })
  }
  const from = old?.ectsCounted ?? '0'
  if (compareDecimals(from, after.ectsCounted) !== 0) {
    add('ECTS_COUNTED', null, { from, to: after.ectsCounted })
  }
  const oldRequirements = new Map(old?.requirements.map((one) => [one.requirementId, one]))
  for (const { requirementId, isMet, have } of after.requirements) {
    const was = oldRequirements.get(requirementId)
    const change = { from: was?.have ?? null, to: have }
    if (isMet !== (was?.isMet ?? false)) {
      add(isMet ? 'REQUIREMENT_MET' : 'REQUIREMENT_OPEN', requirementId, change)
    } else if (was ? compareDecimals(was.have, have) !== 0 : compareDecimals(have, '0') !== 0) {
      add('REQUIREMENT_PROGRESSED', requirementId, change)
    }
  }
  return differences
}

/** Whether anything a learner could see differs: status, rule, requirements, what counts and what does not, and why. */
export function isSameStack(before: StackState | undefined, after: StackEvaluation): boolean {
  if (!before) return statusOf(after) === 'NOT'
  return comparable(before.evaluation) === comparable(after)
}

/** What became of a stack and why, in one English sentence. */
export function describeCause({ cause, fromStatus, toStatus, differences }: StackChange): string {
  const because =
    cause.kind === 'EVENT'
      ? `${eventWords[cause.eventKind] ?? cause.eventKind} (${cause.awardId})`
      : 'another version of a rule was published'
  const counts = differences.filter(({ code }) => code === 'AWARD_COUNTS').length
  const countsNoLonger = differences.filter(({ code }) => code === 'AWARD_COUNTS_NO_LONGER').length
  const ects = differences.find(({ code }) => code === 'ECTS_COUNTED')
  const parts = [
    ...(fromStatus === toStatus ? [] : [`the stack is ${statusWords[toStatus]}`]),
    ...(counts > 0 ? [`${counts} more awards count`] : []),
    ...(countsNoLonger > 0 ? [`${countsNoLonger} awards count no longer`] : []),
    ...(ects ? [`${ects.to} instead of ${ects.from} ECTS are counted`] : []),
  ]
  const what = parts.length === 0 ? 'what does not count changed' : parts.join(', ')
  return `Because ${because}: ${what}.`
}

const eventWords: Partial<Record<RecognitionFact['kind'], string>> = {
  'award.made': 'an award was made',
  'award.revoked': 'an award was revoked',
  'award.suspended': 'an award was suspended',
  'award.reinstated': 'an award was reinstated',
  'award.superseded': 'an award was superseded',
}

const statusWords: Readonly<Record<StackStatus, string>> = {
  FULFILLED: 'complete',
  PARTLY: 'partly complete',
  NOT: 'without any award that counts',
  UNDECIDED: 'not decided',
}

/** The date of an evaluation alone changes nothing. */
function comparable(evaluation: StackEvaluation): string {
  const { date: _date, ...rest } = evaluation
  return JSON.stringify(rest, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

function reasonsFor(decision: StackDecision, awardId: string): readonly string[] {
  const excluded = decision.excluded.find((one) => one.awardId === awardId)
  return excluded?.reasons.map(({ code }) => code) ?? []
}
