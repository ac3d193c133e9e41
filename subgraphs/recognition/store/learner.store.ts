import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearnerId } from '../../../schema/index.js'
import { LearnerEntity } from './learner.entity.js'

/** A learner as far as recognition has to know them. */
export interface Learner {
  readonly id: LearnerId
  /** Slug; null when it is none of ours, or not known yet. */
  readonly homeMember: string | null
  /** As the learner wants to be called on a passport; null until they say so. */
  readonly displayName: string | null
  /** BCP 47 language the learner reads best; null when not known. */
  readonly language: string | null
  readonly synthetic: boolean
}

/**
 * The learner with this id; made when nobody has asked for them yet. What is known already stays, what is new is added.
 */
export async function ensureLearner(em: EntityManager, learner: Learner): Promise<Learner> {
  const [row]: readonly LearnerRow[] = await em.execute(
    `insert into learner (id, home_member, display_name, language, synthetic)
     values (?, ?, ?, ?, ?)
     on conflict (id) do update set home_member = coalesce(learner.home_member, excluded.home_member)
     returning *`,
    [learner.id, learner.homeMember, learner.displayName, learner.language, learner.synthetic],
  )
  if (!row) throw new RangeError('an upsert gave no row')
  return toLearner(row)
}

function toLearner(row: LearnerRow): Learner {
  return {
    id: row.id as LearnerId,
    homeMember: row.home_member,
    displayName: row.display_name,
    language: row.language,
    synthetic: row.synthetic,
  }
}

interface LearnerRow {
  readonly id: string
  readonly home_member: string | null
  readonly display_name: string | null
  readonly language: string | null
  readonly synthetic: boolean
}

/** These learners in the order of their ids, locked until the end of the transaction; unknown ids are left out. */
export async function lockLearners(
  em: EntityManager,
  ids: readonly string[],
): Promise<readonly Learner[]> {
  const rows: readonly LearnerRow[] = await em.execute(
    `select * from learner where id in (select jsonb_array_elements_text(?::jsonb))
     order by id for update`,
    [JSON.stringify(ids)],
  )
  return rows.map(toLearner)
}

/** The learners with these ids, by id; unknown ids are missing. */
export async function findLearners(
  em: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Learner>> {
  const rows = await em.find(LearnerEntity, { id: { $in: [...ids] } }, { disableIdentityMap: true })
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id as LearnerId,
        homeMember: row.homeMember ?? null,
        displayName: row.displayName ?? null,
        language: row.language ?? null,
        synthetic: row.synthetic,
      },
    ]),
  )
}
