import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearnerId } from '../../../schema/index.js'

/** When a learner's stacks are due because of the date alone; null: never. */
export interface LearnerDue {
  readonly learnerId: LearnerId
  /** ISO date. */
  readonly dueOn: string | null
}

/** Replaces what was noted for these learners. */
export async function saveLearnerDues(
  em: EntityManager,
  dues: readonly LearnerDue[],
): Promise<void> {
  if (dues.length === 0) return
  const document = JSON.stringify(dues)
  await em.execute(
    `delete from learner_due using jsonb_to_recordset(?::jsonb) as given ("learnerId" text, "dueOn" date)
     where learner_due.learner_id = given."learnerId" and given."dueOn" is null`,
    [document],
  )
  await em.execute(
    `insert into learner_due
     select "learnerId", "dueOn" from jsonb_to_recordset(?::jsonb) as given ("learnerId" text, "dueOn" date)
     where "dueOn" is not null
     on conflict (learner_id) do update set due_on = excluded.due_on
     where learner_due.due_on <> excluded.due_on`,
    [document],
  )
}

/** Learners that are due on this ISO date or were before, longest first; those somebody else works on are left out. */
export async function lockDueLearners(
  em: EntityManager,
  date: string,
  limit: number,
): Promise<readonly LearnerId[]> {
  const rows: readonly { learner_id: string }[] = await em.execute(
    `select learner_id from learner_due where due_on <= ?::date
     order by due_on, learner_id limit ?::int for update skip locked`,
    [date, limit],
  )
  return rows.map((row) => row.learner_id as LearnerId)
}
