import { type AwardId, hasRole } from '../../../schema/index.js'
import type { CredentialFormat } from '../credential/credential-source.js'
import { createIssuingJob, maxJobAwards } from '../credential/desk/issuing-job.js'
import { findAwards } from '../store/award.store.js'
import { type CommandResult, done, refused } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface IssueCredentialsInput {
  readonly member: string
  readonly awardIds: readonly string[]
  readonly format: CredentialFormat
}

/** Notes a cohort to be issued, for a registrar of the member; the work is done in the background. */
export async function issueCredentials(
  unit: UnitOfWork,
  { member, awardIds, format }: IssueCredentialsInput,
): Promise<CommandResult<{ readonly jobId: string }>> {
  if (!hasRole(unit.actor.principal, 'registrar', member)) {
    return refused('NOT_PERMITTED', 'member', 'only registrars of the member issue its cohorts')
  }
  if (awardIds.length === 0) return refused('VALUE_REQUIRED', 'awardIds', 'awardIds is empty')
  if (awardIds.length > maxJobAwards) {
    const message = `awardIds has more than ${maxJobAwards} entries`
    return refused('VALUE_TOO_LONG', 'awardIds', message)
  }
  const awards = await findAwards(unit.em, awardIds)
  const strangers = awardIds.filter((id) => awards.get(id)?.awardingMember !== member).length
  if (strangers > 0) {
    return refused('NOT_FOUND', 'awardIds', `${strangers} of them are no awards of the member`)
  }
  const job = await createIssuingJob(unit.em, {
    member,
    awardIds: awardIds as readonly AwardId[],
    format,
    now: unit.now,
  })
  unit.audit({
    entityId: `issuing-job:${job.id}`,
    action: 'credentials.ordered',
    fromState: null,
    toState: `${awards.size} awards`,
    reason: null,
    role: 'registrar',
    member,
  })
  return done({ jobId: job.id })
}
