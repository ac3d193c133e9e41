import type { EntityManager } from '@mikro-orm/postgresql'
import type { EquivalenceAgreement } from '../domain/recognition-decision/equivalence-agreement.js'

interface Row {
  readonly document: EquivalenceAgreement
}

/** Writes an agreement, in the place of its earlier version. */
export async function saveAgreement(
  em: EntityManager,
  agreement: EquivalenceAgreement,
): Promise<void> {
  await em.execute(
    `insert into equivalence_agreement (id, opportunity_id, target_opportunity_id, awarding_member,
       recognising_member, state, valid_from, valid_until, document, version)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
     on conflict (id) do update set state = excluded.state, valid_until = excluded.valid_until,
       document = excluded.document, version = excluded.version`,
    [
      agreement.id,
      agreement.opportunityId,
      agreement.targetOpportunityId,
      agreement.awardingMember,
      agreement.recognisingMember,
      agreement.state,
      agreement.validFrom,
      agreement.validUntil,
      JSON.stringify(agreement),
      agreement.version,
    ],
  )
}

/** The agreement with this id, locked until the end of the transaction; null when there is none. */
export async function lockAgreement(
  em: EntityManager,
  id: string,
): Promise<EquivalenceAgreement | null> {
  const [row]: readonly Row[] = await em.execute(
    'select document from equivalence_agreement where id = ? for update',
    [id],
  )
  return row?.document ?? null
}

/** The agreements about this opportunity, in any state, by id. */
export async function findAgreementsAbout(
  em: EntityManager,
  opportunityId: string,
): Promise<readonly EquivalenceAgreement[]> {
  const rows: readonly Row[] = await em.execute(
    'select document from equivalence_agreement where opportunity_id = ? order by id',
    [opportunityId],
  )
  return rows.map(({ document }) => document)
}

/** The agreements with these ids, by id; unknown ids are missing. */
export async function findAgreements(
  em: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EquivalenceAgreement>> {
  const rows: readonly Row[] = await em.execute(
    `select document from equivalence_agreement
     where id in (select jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(ids)],
  )
  return new Map(rows.map(({ document }) => [document.id, document]))
}

/** Every agreement that these members take part in on either side, by id; null for all members. */
export async function listAgreements(
  em: EntityManager,
  members: readonly string[] | null,
): Promise<readonly EquivalenceAgreement[]> {
  const wanted = members && JSON.stringify(members)
  const rows: readonly Row[] = await em.execute(
    `select document from equivalence_agreement where ?::jsonb is null
       or awarding_member in (select jsonb_array_elements_text(?::jsonb))
       or recognising_member in (select jsonb_array_elements_text(?::jsonb))
     order by id`,
    [wanted, wanted, wanted],
  )
  return rows.map(({ document }) => document)
}
