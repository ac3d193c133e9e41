import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearnerId } from '../../../schema/index.js'
import type { CompiledStack } from '../domain/evaluate-all-stacks.js'
import { findNextDueDate, listRuleDates } from '../domain/next-due-date.js'
import type { StackFact } from '../domain/recognition-event.js'
import {
  isSameStack,
  listStackChanges,
  type StackCause,
  type StackTransition,
} from '../domain/stack-transition.js'
import { type StackState, statusOf } from '../domain/stacked-credential.js'
import type { StackEvaluation } from '../domain/stacking/stack-evaluation.js'
import type { StackEvaluator } from '../re-evaluation/stack-evaluator.js'
import { findAwardsOfLearners } from '../store/award.store.js'
import { type Learner, lockLearners } from '../store/learner.store.js'
import { saveLearnerDues } from '../store/learner-due.store.js'
import type { NewRecognitionEvent } from '../store/outbox/append-events.js'
import { findStackStates, saveStackTransitions } from '../store/stack.store.js'

export interface Reevaluation {
  readonly learnerIds: readonly LearnerId[]
  readonly stacks: readonly CompiledStack[]
  readonly evaluator: StackEvaluator
  readonly now: Date
  /** Why this learner's stacks are looked at again. */
  readonly causeOf: (learnerId: LearnerId) => StackCause
}

/** What a re-evaluation did; its events are still to be appended. */
export interface ReevaluationResult {
  readonly transitions: readonly StackTransition[]
  readonly events: readonly NewRecognitionEvent[]
}

/**
 * Evaluates every stack of these learners again and writes what changed, and when the date alone may change it next, in a
 * few statements however many they are.
 * Doing it twice changes nothing the second time. Learners are locked first, in one order: whoever else evaluates one
 * of them waits.
 */
export async function reevaluateLearners(
  em: EntityManager,
  { learnerIds, stacks, evaluator, now, causeOf }: Reevaluation,
): Promise<ReevaluationResult> {
  const learners = await lockLearners(em, learnerIds)
  const awards = await findAwardsOfLearners(em, learnerIds)
  const states = await findStackStates(em, learnerIds)
  const after: StackState[] = []
  const transitions: StackTransition[] = []
  const events: NewRecognitionEvent[] = []
  const recordedAt = now.toISOString()
  const date = recordedAt.slice(0, 10)
  const histories = learners.map(({ id }) => ({
    awards: awards.get(id) ?? [],
    completedAt: (states.get(id) ?? []).flatMap(({ stackedCredentialId, completedAt }) =>
      completedAt === null ? [] : [[stackedCredentialId, completedAt] as const],
    ),
  }))
  const evaluated = await evaluator.evaluate(stacks, histories, date)
  for (const [place, learner] of learners.entries()) {
    const before = new Map(
      (states.get(learner.id) ?? []).map((state) => [state.stackedCredentialId, state]),
    )
    for (const evaluation of evaluated[place] ?? []) {
      const old = before.get(evaluation.stackedCredentialId)
      if (isSameStack(old, evaluation)) continue
      const state = toState(learner.id, old, evaluation, recordedAt)
      after.push(state)
      transitions.push(toTransition(old, state, causeOf(learner.id)))
      const event = toEvent(learner, old, state)
      if (event) events.push(event)
    }
  }
  await saveStackTransitions(em, after, transitions)
  const dates = listRuleDates(stacks.map(({ compiled }) => compiled.rule))
  await saveLearnerDues(
    em,
    learners.map(({ id }) => ({
      learnerId: id,
      dueOn: findNextDueDate(dates, awards.get(id) ?? [], date),
    })),
  )
  return { transitions, events }
}

function toState(
  learnerId: LearnerId,
  old: StackState | undefined,
  evaluation: StackEvaluation,
  evaluatedAt: string,
): StackState {
  const status = statusOf(evaluation)
  return {
    learnerId,
    stackedCredentialId: evaluation.stackedCredentialId,
    ruleVersion: evaluation.ruleVersion,
    status,
    evaluation,
    version: (old?.version ?? 0) + 1,
    evaluatedAt,
    completedAt: status === 'FULFILLED' ? (old?.completedAt ?? evaluatedAt) : null,
  }
}

function toTransition(
  old: StackState | undefined,
  state: StackState,
  cause: StackCause,
): StackTransition {
  return {
    learnerId: state.learnerId,
    stackedCredentialId: state.stackedCredentialId,
    stateVersion: state.version,
    ruleVersion: state.ruleVersion,
    fromStatus: old?.status ?? null,
    toStatus: state.status,
    cause,
    changes: listStackChanges(old, state.evaluation),
    recordedAt: state.evaluatedAt,
  }
}

/** Null for an evaluation without a decision: there is nothing to tell others. */
function toEvent(
  learner: Learner,
  old: StackState | undefined,
  { evaluation, ...state }: StackState,
): NewRecognitionEvent | null {
  if (evaluation.kind === 'UNDECIDED') return null
  const kind = eventKind(old?.status === 'FULFILLED', state.status === 'FULFILLED')
  return {
    id: `${kind}:${learner.id}:${state.stackedCredentialId}:${state.version}`,
    occurredOn: evaluation.date,
    recordedAt: state.evaluatedAt,
    learnerId: learner.id,
    homeMember: learner.homeMember,
    corrects: null,
    fact: {
      kind,
      stackedCredentialId: state.stackedCredentialId,
      ruleVersion: state.ruleVersion,
      ectsCounted: evaluation.ectsCounted,
      requirementsMet: evaluation.requirements.filter(({ isMet }) => isMet).length,
      requirementsTotal: evaluation.requirements.length,
      awardIds: evaluation.uses.map(({ awardId }) => awardId),
    },
  }
}

function eventKind(wasComplete: boolean, isComplete: boolean): StackFact['kind'] {
  if (wasComplete === isComplete) return 'stack.progressed'
  return isComplete ? 'stack.completed' : 'stack.reopened'
}
