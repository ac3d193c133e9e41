import type { EntityManager } from '@mikro-orm/postgresql'
import type { LearnerIdentity } from '../credential/credential-source.js'

/** Keeps who a learner is, as a member's registrar attested it; the latest attestation counts. */
export async function saveLearnerIdentity(
  em: EntityManager,
  learnerId: string,
  identity: LearnerIdentity,
  by: { readonly member: string; readonly at: Date },
): Promise<void> {
  const { givenName, familyName, dateOfBirth } = identity
  await em.execute(
    `insert into learner_identity values (?, ?, ?, ?, ?, ?)
     on conflict (learner_id) do update set given_name = excluded.given_name,
       family_name = excluded.family_name, date_of_birth = excluded.date_of_birth,
       attested_by = excluded.attested_by, attested_at = excluded.attested_at`,
    [learnerId, givenName, familyName, dateOfBirth, by.member, by.at.toISOString()],
  )
}

/** Who learners are, by id; those nobody has attested are missing. */
export async function findLearnerIdentities(
  em: EntityManager,
  learnerIds: readonly string[],
): Promise<ReadonlyMap<string, LearnerIdentity>> {
  const rows: readonly {
    learner_id: string
    given_name: string
    family_name: string
    date_of_birth: string | null
  }[] = await em.execute(
    `select learner_id, given_name, family_name, date_of_birth::text from learner_identity
     where learner_id in (select jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(learnerIds)],
  )
  return new Map(
    rows.map((row) => [
      row.learner_id,
      {
        givenName: row.given_name,
        familyName: row.family_name,
        dateOfBirth: row.date_of_birth,
      },
    ]),
  )
}
