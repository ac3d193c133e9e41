import { hasRole } from '../../../schema/index.js'
import { findAwards } from '../store/award.store.js'
import { findCredential } from '../store/credential.store.js'
import { revokeAward } from './change-award-status.js'
import { type CommandResult, done, refused } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

/**
 * Revokes a credential by revoking the award it certifies: a document that does not hold any more while what it says
 * still counted would be a contradiction. Every other document of the award and the learner's stacks follow.
 */
export async function revokeCredential(
  unit: UnitOfWork,
  { credentialId, reason }: { readonly credentialId: string; readonly reason: string },
): Promise<CommandResult<{ readonly credentialId: string }>> {
  const credential = await findCredential(unit.em, credentialId)
  const isTheirs =
    credential !== null && hasRole(unit.actor.principal, 'registrar', credential.awardingMember)
  const award = isTheirs
    ? (await findAwards(unit.em, [credential.awardId])).get(credential.awardId)
    : undefined
  if (credential === null || award === undefined) {
    return refused('NOT_FOUND', 'credentialId', 'there is no such credential of your member')
  }
  const { id: awardId, version: expectedVersion } = award
  const result = await revokeAward(unit, { awardId, expectedVersion, reason })
  if (!result.isDone) return result
  unit.audit({
    entityId: credential.id,
    action: 'credential.revoked',
    fromState: credential.status,
    toState: 'REVOKED',
    reason,
    role: 'registrar',
    member: credential.awardingMember,
  })
  return done({ credentialId: credential.id })
}
