import type { LearnerId, StackedCredentialId } from '../../../schema/index.js'
import type { RecognitionFact } from './recognition-event.js'
import { type StackState, type StackStatus, statusOf } from './stacked-credential.js'
import {
  compareEvaluations,
  explainChange,
  type StackChange,
} from './stacking/compare-evaluations.js'
import type { StackEvaluation } from './stacking/stack-evaluation.js'

/** One change of a learner's state towards a stacked credential: from what, to what, by what, and in which points. */
export interface StackTransition {
  readonly learnerId: LearnerId
  readonly stackedCredentialId: StackedCredentialId
  /** The state's version that this change made; from 1. */
  readonly stateVersion: number
  readonly ruleVersion: number
  /** Null for the first state. */
  readonly fromStatus: StackStatus | null
  readonly toStatus: StackStatus
  readonly cause: StackCause
  readonly changes: readonly StackChange[]
  /** ISO instant. */
  readonly recordedAt: string
}

/** `EVENT`: something became of an award. `RULE`: another version of the rule was published. `DATE`: a day began. */
export type StackCause =
  | {
      readonly kind: 'EVENT'
      readonly eventId: string
      readonly eventKind: RecognitionFact['kind']
      readonly awardId: string
    }
  | { readonly kind: 'RULE'; readonly stackedCredentialId: StackedCredentialId }
  | { readonly kind: 'DATE'; readonly date: string }

/** In which points an evaluation differs from the state before it; from nothing at all for the first one. */
export function listStackChanges(
  before: StackState | undefined,
  after: StackEvaluation,
): readonly StackChange[] {
  return compareEvaluations(before?.evaluation ?? nothingCounted(after), after)
}

/** Whether all a learner could see is the same: status, rule, requirements, what counts, what does not, and why. */
export function isSameStack(before: StackState | undefined, after: StackEvaluation): boolean {
  if (!before) return statusOf(after) === 'NOT'
  return comparable(before.evaluation) === comparable(after)
}

/** What became of a stack and why, in English sentences: the cause first, then each change. */
export function explainTransition({ cause, changes }: StackTransition): readonly string[] {
  return [explainCause(cause), ...changes.map((change) => explainChange(change))]
}

function explainCause(cause: StackCause): string {
  switch (cause.kind) {
    case 'EVENT':
      return `${eventWords[cause.eventKind] ?? cause.eventKind}: ${cause.awardId}.`
    case 'RULE':
      return `Another version of a rule was published: ${cause.stackedCredentialId}.`
    case 'DATE':
      return `${cause.date} came: an award grew too old or may count from now, or a rule came into or went out of force.`
  }
}

const eventWords: Partial<Record<RecognitionFact['kind'], string>> = {
  'award.made': 'An award was made',
  'award.revoked': 'An award was revoked',
  'award.suspended': 'An award was suspended',
  'award.reinstated': 'An award was reinstated',
  'award.superseded': 'An award was superseded',
}

/** Where everybody stands before anything was awarded. */
function nothingCounted(after: StackEvaluation): StackEvaluation {
  if (after.kind === 'UNDECIDED') return after
  return {
    ...after,
    outcome: 'NOT',
    ectsCounted: '0',
    uses: [],
    excluded: [],
    requirements: after.requirements.map((result) => ({
      ...result,
      isMet: false,
      have: '0',
      missing: result.need,
      awardIds: [],
    })),
  }
}

/** The date of an evaluation alone changes nothing. */
function comparable(evaluation: StackEvaluation): string {
  const { date: _date, ...rest } = evaluation
  return JSON.stringify(rest, (_key, value: unknown) =>
    // Postgres keeps the keys of a document in an order of its own.
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}
