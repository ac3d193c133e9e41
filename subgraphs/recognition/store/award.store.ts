import type { InferEntity } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { AwardId, LearnerId, MicroCredentialId, OpportunityId } from '../../../schema/index.js'
import type { Award, AwardStatus } from '../domain/award.js'
import { sumDecimals } from '../domain/decimal.js'
import type { Supervision } from '../domain/micro-credential.js'
import { AwardEntity } from './award.entity.js'
import { readKeyPageRequest, toKeyPage } from './key-page.js'
import type { Page, PageArguments } from './title-page.js'

/** Writes a new award. */
export async function insertAward(em: EntityManager, award: Award): Promise<void> {
  const { grade, ...rest } = award
  await em.insert(AwardEntity, {
    ...rest,
    iscedF: [...award.iscedF],
    gradeValue: grade?.value ?? null,
    gradeScale: grade?.scale ?? null,
  })
}

/** The award of the same micro-credential that the learner holds now, or null. */
export async function findStandingAward(
  em: EntityManager,
  { learnerId, microCredentialId }: Pick<Award, 'learnerId' | 'microCredentialId'>,
): Promise<Award | null> {
  const row = await em.findOne(
    AwardEntity,
    { learnerId, microCredentialId, status: { $in: ['VALID', 'SUSPENDED'] } },
    { disableIdentityMap: true },
  )
  return row && toAward(row)
}

/** Gives an award another status and counts its version up. Nothing else of an award ever changes. */
export async function updateAwardStatus(
  em: EntityManager,
  award: Pick<Award, 'id' | 'version' | 'status' | 'supersededBy'>,
): Promise<void> {
  const { id, version, status, supersededBy } = award
  await em.nativeUpdate(AwardEntity, { id }, { status, supersededBy, version })
}

/** Revokes awards that the caller has locked and found to stand, and counts the version of each up. */
export async function revokeAwardsAtOnce(em: EntityManager, ids: readonly string[]): Promise<void> {
  await em.execute(
    `update award set status = 'REVOKED', version = version + 1
     where id in (select jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(ids)],
  )
}

/** The awards with these ids, by id, locked until the end of the transaction. */
export async function lockAwards(
  em: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Award>> {
  // In one order, so that two transactions with the same awards cannot wait for each other.
  const rows: readonly { id: string }[] = await em.execute(
    'select id from award where id in (select jsonb_array_elements_text(?::jsonb)) order by id for update',
    [JSON.stringify(ids)],
  )
  return findAwards(
    em,
    rows.map(({ id }) => id),
  )
}

/** The awards with these ids, by id; unknown ids are missing. */
export async function findAwards(
  em: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Award>> {
  const rows = await em.find(AwardEntity, { id: { $in: [...ids] } }, { disableIdentityMap: true })
  return new Map(rows.map((row) => [row.id, toAward(row)]))
}

/** Every award of these learners, whatever its status, oldest first; learners without one are missing. */
export async function findAwardsOfLearners(
  em: EntityManager,
  learnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Award[]>> {
  const rows = await em.find(
    AwardEntity,
    { learnerId: { $in: [...learnerIds] } },
    { orderBy: { awardedOn: 'asc', id: 'asc' }, disableIdentityMap: true },
  )
  return Map.groupBy(rows.map(toAward), (award) => award.learnerId)
}

/** A page of the awards that a member made, oldest first. */
export async function pageAwardsOfMember(
  em: EntityManager,
  awardingMember: string,
  page: PageArguments,
): Promise<Page<Award>> {
  const { size, after } = readKeyPageRequest('AWARDED_ON', page)
  const where = { awardingMember }
  const following = after
    ? {
        $or: [{ awardedOn: { $gt: after.key } }, { awardedOn: after.key, id: { $gt: after.id } }],
      }
    : {}
  const rows = await em.find(
    AwardEntity,
    { $and: [where, following] },
    { orderBy: { awardedOn: 'asc', id: 'asc' }, limit: size + 1, disableIdentityMap: true },
  )
  return toKeyPage('AWARDED_ON', rows.map(toAward), (award) => award.awardedOn, {
    size,
    totalCount: await em.count(AwardEntity, where),
    // A cursor is that of a row before the page.
    hasPreviousPage: after !== null,
  })
}

/** A row as the domain's award. */
export function toAward(row: InferEntity<typeof AwardEntity>): Award {
  return {
    id: row.id as AwardId,
    learnerId: row.learnerId as LearnerId,
    microCredentialId: row.microCredentialId as MicroCredentialId,
    opportunityId: row.opportunityId as OpportunityId,
    awardingMember: row.awardingMember,
    jurisdictionCode: row.jurisdictionCode,
    awardedOn: row.awardedOn,
    // `numeric` keeps trailing zeros; the domain's decimals have none.
    ects: sumDecimals([row.ects]),
    eqfLevel: row.eqfLevel ?? null,
    iscedF: row.iscedF,
    learningOutcomes: row.learningOutcomes,
    grade:
      row.gradeValue && row.gradeScale ? { value: row.gradeValue, scale: row.gradeScale } : null,
    supervision: row.supervision as Supervision,
    isCapstone: row.isCapstone,
    accreditation: row.accreditation ?? null,
    status: row.status as AwardStatus,
    supersededBy: (row.supersededBy ?? null) as AwardId | null,
    version: row.version,
    synthetic: row.synthetic,
  }
}
