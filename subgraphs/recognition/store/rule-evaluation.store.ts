import type { EntityManager } from '@mikro-orm/postgresql'

/** How far the learners were looked at again after a rule was published. */
export interface RuleEvaluation {
  readonly stackedCredentialId: string
  readonly ruleVersion: number
  /** The last learner that is done; empty before the first. Personal data. */
  readonly afterLearnerId: string
  /** Learners with awards when it began. */
  readonly learnersTotal: number
  readonly learnersDone: number
  readonly stacksChanged: number
  /** ISO instants. */
  readonly startedAt: string
  readonly finishedAt: string | null
}

interface Row {
  readonly stacked_credential_id: string
  readonly rule_version: number
  readonly after_learner_id: string
  readonly learners_total: number
  readonly learners_done: number
  readonly stacks_changed: number
  readonly started_at: string | Date
  readonly finished_at: string | Date | null
}

/** Asks for a re-evaluation of every learner with awards; done by and by. */
export async function openRuleEvaluation(
  em: EntityManager,
  stackedCredentialId: string,
  ruleVersion: number,
  startedAt: Date,
): Promise<void> {
  await em.execute(
    `insert into rule_evaluation select ?, ?, '', count(distinct learner_id)::int, 0, 0, ?, null
     from award`,
    [stackedCredentialId, ruleVersion, startedAt],
  )
}

/** The oldest one that is not finished and that nobody else works on; locked until the end of the transaction. */
export async function lockOpenRuleEvaluation(em: EntityManager): Promise<RuleEvaluation | null> {
  const [row]: readonly Row[] = await em.execute(
    `select * from rule_evaluation where finished_at is null
     order by started_at, stacked_credential_id, rule_version limit 1 for update skip locked`,
  )
  return row ? toRuleEvaluation(row) : null
}

/** The next learners with awards in the order of their ids. */
export async function findNextLearners(
  em: EntityManager,
  afterLearnerId: string,
  limit: number,
): Promise<readonly string[]> {
  const rows: readonly { learner_id: string }[] = await em.execute(
    'select distinct learner_id from award where learner_id > ? order by learner_id limit ?::int',
    [afterLearnerId, limit],
  )
  return rows.map((row) => row.learner_id)
}

/** Moves a re-evaluation on by a batch. */
export async function advanceRuleEvaluation(
  em: EntityManager,
  { stackedCredentialId, ruleVersion }: RuleEvaluation,
  batch: {
    readonly afterLearnerId: string
    readonly learnersDone: number
    readonly stacksChanged: number
    readonly finishedAt: Date | null
  },
): Promise<void> {
  await em.execute(
    `update rule_evaluation set after_learner_id = ?, learners_done = learners_done + ?::int,
       stacks_changed = stacks_changed + ?::int, finished_at = ?
     where stacked_credential_id = ? and rule_version = ?`,
    [
      batch.afterLearnerId,
      batch.learnersDone,
      batch.stacksChanged,
      batch.finishedAt,
      stackedCredentialId,
      ruleVersion,
    ],
  )
}

/** The latest re-evaluation of each of these stacked credentials; those without one are missing. */
export async function findRuleEvaluations(
  em: EntityManager,
  stackedCredentialIds: readonly string[],
): Promise<ReadonlyMap<string, RuleEvaluation>> {
  const rows: readonly Row[] = await em.execute(
    `select distinct on (stacked_credential_id) * from rule_evaluation
     where stacked_credential_id in (select jsonb_array_elements_text(?::jsonb))
     order by stacked_credential_id, rule_version desc`,
    [JSON.stringify(stackedCredentialIds)],
  )
  return new Map(rows.map((row) => [row.stacked_credential_id, toRuleEvaluation(row)]))
}

function toRuleEvaluation(row: Row): RuleEvaluation {
  return {
    stackedCredentialId: row.stacked_credential_id,
    ruleVersion: row.rule_version,
    afterLearnerId: row.after_learner_id,
    learnersTotal: row.learners_total,
    learnersDone: row.learners_done,
    stacksChanged: row.stacks_changed,
    startedAt: new Date(row.started_at).toISOString(),
    finishedAt: row.finished_at && new Date(row.finished_at).toISOString(),
  }
}
