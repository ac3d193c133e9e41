import type { EntityManager } from '@mikro-orm/postgresql'
import type { AwardId, CredentialId, LearnerId } from '../../../schema/index.js'
import type { CredentialFormat } from '../credential/credential-source.js'
import type { AwardStatus } from '../domain/award.js'
import type { StatusPlace } from './status-list.store.js'

/** A document that was issued, and where it stands. */
export interface IssuedCredential {
  readonly id: CredentialId
  readonly awardId: AwardId
  readonly learnerId: LearnerId
  readonly awardingMember: string
  readonly format: CredentialFormat
  /** Empty when it is bound to no key. */
  readonly holderThumbprint: string
  readonly document: string
  readonly status: AwardStatus
  readonly place: StatusPlace
  readonly supersedes: CredentialId | null
  readonly issuedAt: Date
}

interface CredentialRow {
  readonly id: string
  readonly award_id: string
  readonly learner_id: string
  readonly awarding_member: string
  readonly format: string
  readonly holder_thumbprint: string
  readonly document: string
  readonly status: string
  readonly status_list: number
  readonly status_index: number
  readonly supersedes: string | null
  readonly issued_at: string | Date
}

/** Keeps new documents, any number in one statement. */
export async function insertCredentials(
  em: EntityManager,
  credentials: readonly IssuedCredential[],
): Promise<void> {
  await em.execute(
    `insert into credential
     select id, award_id, learner_id, awarding_member, format, holder_thumbprint, document, status,
       status_list, status_index, supersedes, issued_at
     from jsonb_populate_recordset(null::credential, ?::jsonb)`,
    [JSON.stringify(credentials.map(toRow))],
  )
}

/** The valid or suspended document of an award in a format and for a holder; null when there is none. */
export async function findStandingCredential(
  em: EntityManager,
  awardId: string,
  format: CredentialFormat,
  holderThumbprint: string,
): Promise<IssuedCredential | null> {
  const rows: readonly CredentialRow[] = await em.execute(
    `select * from credential where award_id = ? and format = ? and holder_thumbprint = ?
     and status in ('VALID', 'SUSPENDED')`,
    [awardId, format, holderThumbprint],
  )
  return rows.map(toCredential)[0] ?? null
}

/** One document; null when there is none of that id. */
export async function findCredential(
  em: EntityManager,
  id: string,
): Promise<IssuedCredential | null> {
  const rows: readonly CredentialRow[] = await em.execute('select * from credential where id = ?', [
    id,
  ])
  return rows.map(toCredential)[0] ?? null
}

/** A learner's documents, newest first. */
export async function findCredentialsOfLearner(
  em: EntityManager,
  learnerId: string,
  limit: number,
): Promise<readonly IssuedCredential[]> {
  const rows: readonly CredentialRow[] = await em.execute(
    'select * from credential where learner_id = ? order by issued_at desc, id limit ?',
    [learnerId, limit],
  )
  return rows.map(toCredential)
}

/** The last document of an award that an award was superseded by, in the same format; null when there is none. */
export async function findSupersededCredential(
  em: EntityManager,
  awardId: string,
  format: CredentialFormat,
): Promise<CredentialId | null> {
  const rows: readonly { id: string }[] = await em.execute(
    `select credential.id from credential join award on award.id = credential.award_id
     where award.superseded_by = ? and credential.format = ?
     order by credential.issued_at desc, credential.id limit 1`,
    [awardId, format],
  )
  return (rows[0]?.id ?? null) as CredentialId | null
}

/** What took the place of a superseded document: the newest one of the award that followed, in the same format. */
export interface Supersession {
  /** Null while nobody has issued it. */
  readonly successor: CredentialId | null
}

/** Null when there is no such document or nothing superseded it. */
export async function findSupersession(
  em: EntityManager,
  id: string,
): Promise<Supersession | null> {
  const rows: readonly { successor: string | null }[] = await em.execute(
    `select successor.id as successor from credential
     join award on award.id = credential.award_id
     left join credential successor on successor.award_id = award.superseded_by
       and successor.format = credential.format
     where credential.id = ? and credential.status = 'SUPERSEDED'
     order by successor.issued_at desc nulls last, successor.id limit 1`,
    [id],
  )
  const [row] = rows
  return row === undefined ? null : { successor: row.successor as CredentialId | null }
}

/** A document whose status changed, and what it was. */
export interface ChangedCredential {
  readonly id: CredentialId
  readonly awardId: AwardId
  readonly learnerId: LearnerId
  readonly format: string
  readonly place: StatusPlace
}

/**
 * Gives the documents of these awards another status, in one statement; those that are revoked or superseded for good
 * stay so. Returns the ones that changed.
 */
export async function changeStatusOfAwards(
  em: EntityManager,
  awardIds: readonly string[],
  status: AwardStatus,
): Promise<readonly ChangedCredential[]> {
  const rows: readonly CredentialRow[] = await em.execute(
    `update credential set status = ?
     where award_id in (select jsonb_array_elements_text(?::jsonb))
     and status in ('VALID', 'SUSPENDED') and status <> ?
     returning id, award_id, learner_id, format, status_list, status_index`,
    [status, JSON.stringify(awardIds), status],
  )
  return rows.map((row) => ({
    id: row.id as CredentialId,
    awardId: row.award_id as AwardId,
    learnerId: row.learner_id as LearnerId,
    format: row.format,
    place: { list: row.status_list, index: row.status_index },
  }))
}

/** How many documents awards have, and how many of those do not say yet that their award was revoked or superseded. */
export async function countDocumentsOfAwards(
  em: EntityManager,
  awardIds: readonly string[],
): Promise<{ readonly documents: number; readonly waiting: number }> {
  const rows: readonly { documents: number; waiting: number }[] = await em.execute(
    `select count(*)::int as documents,
       count(*) filter (where status not in ('REVOKED', 'SUPERSEDED'))::int as waiting
     from credential where award_id in (select jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(awardIds)],
  )
  return rows[0] ?? { documents: 0, waiting: 0 }
}

function toRow(credential: IssuedCredential): CredentialRow {
  return {
    id: credential.id,
    award_id: credential.awardId,
    learner_id: credential.learnerId,
    awarding_member: credential.awardingMember,
    format: credential.format,
    holder_thumbprint: credential.holderThumbprint,
    document: credential.document,
    status: credential.status,
    status_list: credential.place.list,
    status_index: credential.place.index,
    supersedes: credential.supersedes,
    issued_at: credential.issuedAt.toISOString(),
  }
}

function toCredential(row: CredentialRow): IssuedCredential {
  return {
    id: row.id as CredentialId,
    awardId: row.award_id as AwardId,
    learnerId: row.learner_id as LearnerId,
    awardingMember: row.awarding_member,
    format: row.format as CredentialFormat,
    holderThumbprint: row.holder_thumbprint,
    document: row.document,
    status: row.status as AwardStatus,
    place: { list: row.status_list, index: row.status_index },
    supersedes: row.supersedes as CredentialId | null,
    issuedAt: new Date(row.issued_at),
  }
}
