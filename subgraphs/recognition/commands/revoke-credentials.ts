import { hasRole } from '../../../schema/index.js'
import { maxJobAwards } from '../credential/desk/issuing-job.js'
import type { Award } from '../domain/award.js'
import { lockAwards, revokeAwardsAtOnce } from '../store/award.store.js'
import { findLearners } from '../store/learner.store.js'
import { emitAwardEvent } from './award-event.js'
import { checkText, toDate } from './check-input.js'
import { type CommandResult, done, FaultList } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface RevokeCredentialsInput {
  readonly member: string
  readonly awardIds: readonly string[]
  /** In the registrar's words, for the learners and the audit trail. */
  readonly reason: string
}

/** What became of the awards of a cohort. */
export interface RevokedCohort {
  readonly revoked: number
  /** Awards that were revoked or superseded before. */
  readonly unchanged: number
}

/**
 * Revokes the awards of a cohort and with them every document about them, for a registrar of the member: all of them in
 * one transaction, or none. Each award has its entry in the audit trail and its event; statuses of documents and the
 * learners' stacks follow from those, as after a single revocation.
 */
export async function revokeCredentials(
  unit: UnitOfWork,
  { member, awardIds, reason }: RevokeCredentialsInput,
): Promise<CommandResult<RevokedCohort>> {
  const faults = new FaultList()
  if (!hasRole(unit.actor.principal, 'registrar', member)) {
    faults.add('NOT_PERMITTED', 'member', 'only registrars of the member revoke its cohorts')
    return faults.toResult()
  }
  checkText(faults, 'reason', reason)
  if (awardIds.length === 0) faults.add('VALUE_REQUIRED', 'awardIds', 'awardIds is empty')
  if (awardIds.length > maxJobAwards) {
    faults.add('VALUE_TOO_LONG', 'awardIds', `awardIds has more than ${maxJobAwards} entries`)
  }
  if (!faults.isEmpty) return faults.toResult()
  const awards = await lockAwards(unit.em, awardIds)
  const strangers = awardIds.filter((id) => awards.get(id)?.awardingMember !== member).length
  if (strangers > 0) {
    faults.add('NOT_FOUND', 'awardIds', `${strangers} of them are no awards of the member`)
    return faults.toResult()
  }
  const standing = [...awards.values()].filter(
    ({ status }) => status === 'VALID' || status === 'SUSPENDED',
  )
  await revokeAll(unit, standing, reason)
  return done({ revoked: standing.length, unchanged: awards.size - standing.length })
}

async function revokeAll(
  unit: UnitOfWork,
  awards: readonly Award[],
  reason: string,
): Promise<void> {
  await revokeAwardsAtOnce(
    unit.em,
    awards.map(({ id }) => id),
  )
  const learnerIds = [...new Set(awards.map(({ learnerId }) => learnerId))]
  const learners = await findLearners(unit.em, learnerIds)
  for (const award of awards) {
    const learner = learners.get(award.learnerId)
    if (learner === undefined) throw new RangeError('an award without a learner')
    unit.audit({
      entityId: award.id,
      action: 'award.revoked',
      fromState: award.status,
      toState: 'REVOKED',
      reason,
      role: 'registrar',
      member: award.awardingMember,
    })
    const revoked: Award = { ...award, status: 'REVOKED', version: award.version + 1 }
    emitAwardEvent(unit, 'award.revoked', revoked, learner, toDate(unit.now))
  }
}
