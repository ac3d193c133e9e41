import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearnerId, PathwayId } from '../../../schema/index.js'

export const enrolmentStates = ['ENROLLED', 'COMPLETED', 'WITHDRAWN'] as const
export type EnrolmentState = (typeof enrolmentStates)[number]

/** A learner's way through a pathway. */
export interface Enrolment {
  readonly learnerId: LearnerId
  readonly pathwayId: PathwayId
  readonly state: EnrolmentState
  /** ISO dates. */
  readonly enrolledOn: string
  readonly endedOn: string | null
  /** Positions of completed steps, ascending. */
  readonly completedSteps: readonly number[]
  /** Counts changes; for optimistic locking. */
  readonly version: number
}

interface Row {
  readonly learner_id: string
  readonly pathway_id: string
  readonly state: string
  readonly enrolled_on: string
  readonly ended_on: string | null
  readonly completed_steps: readonly number[]
  readonly version: number
}

const columns = `learner_id, pathway_id, state, enrolled_on::text, ended_on::text,
  to_jsonb(completed_steps) as completed_steps, version`

/** The enrolments of these learners, latest first; learners without any are missing. */
export async function findEnrolments(
  em: EntityManager,
  learnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Enrolment[]>> {
  const rows: readonly Row[] = await em.execute(
    `select ${columns} from enrolment
     where learner_id in (select jsonb_array_elements_text(?::jsonb))
     order by enrolment.enrolled_on desc, pathway_id`,
    [JSON.stringify(learnerIds)],
  )
  return Map.groupBy(rows.map(toEnrolment), (enrolment) => enrolment.learnerId)
}

/** One enrolment, locked until the end of the transaction; null when the learner never was on that pathway. */
export async function lockEnrolment(
  em: EntityManager,
  learnerId: string,
  pathwayId: string,
): Promise<Enrolment | null> {
  const [row]: readonly Row[] = await em.execute(
    `select ${columns} from enrolment where learner_id = ? and pathway_id = ? for update`,
    [learnerId, pathwayId],
  )
  return row ? toEnrolment(row) : null
}

/** Writes an enrolment, in the place of an earlier one. */
export async function saveEnrolment(em: EntityManager, enrolment: Enrolment): Promise<void> {
  await em.execute(
    `insert into enrolment (learner_id, pathway_id, state, enrolled_on, ended_on, completed_steps,
       version)
     values (?, ?, ?, ?, ?, array(select jsonb_array_elements_text(?::jsonb)::int), ?)
     on conflict (learner_id, pathway_id) do update set state = excluded.state,
       enrolled_on = excluded.enrolled_on, ended_on = excluded.ended_on,
       completed_steps = excluded.completed_steps, version = excluded.version`,
    [
      enrolment.learnerId,
      enrolment.pathwayId,
      enrolment.state,
      enrolment.enrolledOn,
      enrolment.endedOn,
      JSON.stringify(enrolment.completedSteps),
      enrolment.version,
    ],
  )
}

function toEnrolment(row: Row): Enrolment {
  return {
    learnerId: row.learner_id as LearnerId,
    pathwayId: row.pathway_id as PathwayId,
    state: row.state as EnrolmentState,
    enrolledOn: row.enrolled_on,
    endedOn: row.ended_on,
    completedSteps: row.completed_steps,
    version: row.version,
  }
}
