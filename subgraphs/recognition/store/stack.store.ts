import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearnerId, StackedCredentialId } from '../../../schema/index.js'
import type { StackCause, StackTransition } from '../domain/stack-transition.js'
import type { StackState, StackStatus } from '../domain/stacked-credential.js'
import type { StackChange } from '../domain/stacking/compare-evaluations.js'
import type { StackEvaluation } from '../domain/stacking/stack-evaluation.js'

interface StateRow {
  readonly learner_id: string
  readonly stacked_credential_id: string
  readonly rule_version: number
  readonly status: string
  readonly evaluation: StackEvaluation
  readonly version: number
  readonly evaluated_at: string | Date
  readonly completed_at: string | Date | null
}

/** The states of these learners, in the order of stacked credential ids; learners without any are missing. */
export async function findStackStates(
  em: EntityManager,
  learnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StackState[]>> {
  const rows: readonly StateRow[] = await em.execute(
    `select * from stack_state where learner_id in (select jsonb_array_elements_text(?::jsonb))
     order by learner_id, stacked_credential_id`,
    [JSON.stringify(learnerIds)],
  )
  return Map.groupBy(rows.map(toState), (state) => state.learnerId)
}

/** Writes states, each in the place of the learner's earlier one, and the changes that led to them. */
export async function saveStackTransitions(
  em: EntityManager,
  states: readonly StackState[],
  transitions: readonly StackTransition[],
): Promise<void> {
  if (states.length === 0) return
  await em.execute(saveStatesStatement, [JSON.stringify(states.map(toRow))])
  await em.execute(saveChangesStatement, [JSON.stringify(transitions)])
}

const saveStatesStatement = `
  insert into stack_state (learner_id, stacked_credential_id, rule_version, status, ects_counted,
    requirements_met, requirements_total, award_ids, evaluation, version, evaluated_at, completed_at)
  select learner_id, stacked_credential_id, rule_version, status, ects_counted, requirements_met,
    requirements_total, array(select jsonb_array_elements_text(award_ids)), evaluation, version,
    evaluated_at, completed_at
  from jsonb_to_recordset(?::jsonb) as row (learner_id text, stacked_credential_id text,
    rule_version int, status text, ects_counted numeric, requirements_met int,
    requirements_total int, award_ids jsonb, evaluation jsonb, version int,
    evaluated_at timestamptz, completed_at timestamptz)
  on conflict (learner_id, stacked_credential_id) do update set
    rule_version = excluded.rule_version, status = excluded.status,
    ects_counted = excluded.ects_counted, requirements_met = excluded.requirements_met,
    requirements_total = excluded.requirements_total, award_ids = excluded.award_ids,
    evaluation = excluded.evaluation, version = excluded.version,
    evaluated_at = excluded.evaluated_at, completed_at = excluded.completed_at`

const saveChangesStatement = `
  insert into stack_change (learner_id, stacked_credential_id, state_version, rule_version,
    from_status, to_status, cause, changes, recorded_at)
  select "learnerId", "stackedCredentialId", "stateVersion", "ruleVersion", "fromStatus",
    "toStatus", cause, changes, "recordedAt"
  from jsonb_to_recordset(?::jsonb) as row ("learnerId" text, "stackedCredentialId" text,
    "stateVersion" int, "ruleVersion" int, "fromStatus" text, "toStatus" text, cause jsonb,
    changes jsonb, "recordedAt" timestamptz)`

function toRow(state: StackState) {
  const { evaluation } = state
  const decision = evaluation.kind === 'DECIDED' ? evaluation : null
  return {
    learner_id: state.learnerId,
    stacked_credential_id: state.stackedCredentialId,
    rule_version: state.ruleVersion,
    status: state.status,
    ects_counted: decision?.ectsCounted ?? '0',
    requirements_met: decision?.requirements.filter(({ isMet }) => isMet).length ?? 0,
    requirements_total: decision?.requirements.length ?? 0,
    award_ids: decision?.uses.map(({ awardId }) => awardId) ?? [],
    evaluation,
    version: state.version,
    evaluated_at: state.evaluatedAt,
    completed_at: state.completedAt,
  }
}

function toState(row: StateRow): StackState {
  return {
    learnerId: row.learner_id as LearnerId,
    stackedCredentialId: row.stacked_credential_id as StackedCredentialId,
    ruleVersion: row.rule_version,
    status: row.status as StackStatus,
    evaluation: row.evaluation,
    version: row.version,
    evaluatedAt: new Date(row.evaluated_at).toISOString(),
    completedAt: row.completed_at && new Date(row.completed_at).toISOString(),
  }
}

interface ChangeRow {
  readonly learner_id: string
  readonly stacked_credential_id: string
  readonly state_version: number
  readonly rule_version: number
  readonly from_status: string | null
  readonly to_status: string
  readonly cause: StackCause
  readonly changes: readonly StackChange[]
  readonly recorded_at: string | Date
}

/** Every change of these learners' states, newest first; by learner. */
export async function findStackTransitions(
  em: EntityManager,
  learnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StackTransition[]>> {
  const rows: readonly ChangeRow[] = await em.execute(
    `select * from stack_change where learner_id in (select jsonb_array_elements_text(?::jsonb))
     order by sequence desc`,
    [JSON.stringify(learnerIds)],
  )
  const transitions = rows.map((row) => ({
    learnerId: row.learner_id as LearnerId,
    stackedCredentialId: row.stacked_credential_id as StackedCredentialId,
    stateVersion: row.state_version,
    ruleVersion: row.rule_version,
    fromStatus: row.from_status as StackStatus | null,
    toStatus: row.to_status as StackStatus,
    cause: row.cause,
    changes: row.changes,
    recordedAt: new Date(row.recorded_at).toISOString(),
  }))
  return Map.groupBy(transitions, (transition) => transition.learnerId)
}
