import { type AwardId, allianceOwner, hasRole, toGlobalId } from '../../../schema/index.js'
import type { CredentialFormat, LearnerIdentity } from '../credential/credential-source.js'
import type { CredentialDesk, IssueRefusal } from '../credential/desk/credential-desk.js'
import type { Award } from '../domain/award.js'
import { findAwards } from '../store/award.store.js'
import { saveLearnerIdentity } from '../store/learner-identity.store.js'
import { checkId } from './check-input.js'
import { checkLearnerIdentity } from './check-learner-identity.js'
import { type CommandResult, done, type FaultCode, FaultList, refused } from './fault.js'
import type { Command } from './run-command.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface IssueCredentialInput {
  readonly awardId: string
  readonly format: CredentialFormat
  /** The registrar's attestation of who the learner is. */
  readonly learner?: Partial<LearnerIdentity> | null
}

/** Only the id: the document is personal data and not kept with the idempotency key. */
export interface IssuedAnswer {
  readonly credentialId: string
}

/**
 * Issues the credential of an award: for a registrar of the awarding member, or for the learner it belongs to. Only the
 * registrar says who the learner is.
 */
export function issueCredentialWith(
  desk: CredentialDesk,
): Command<IssueCredentialInput, IssuedAnswer> {
  return async (unit, input) => {
    const faults = new FaultList()
    checkId(faults, 'awardId', input.awardId, 'award')
    const identity = input.learner ? checkLearnerIdentity(faults, 'learner', input.learner) : null
    if (!faults.isEmpty) return faults.toResult()
    const award = (await findAwards(unit.em, [input.awardId])).get(input.awardId)
    const role = award === undefined ? null : roleFor(unit, award)
    // Whoever may not see the award learns nothing of whether it exists.
    if (award === undefined || role === null) {
      return refused('NOT_FOUND', 'awardId', 'there is no such award')
    }
    if (identity !== null) {
      if (role !== 'registrar') {
        return refused('NOT_PERMITTED', 'learner', 'only a registrar attests who somebody is')
      }
      const by = { member: award.awardingMember, at: unit.now }
      await saveLearnerIdentity(unit.em, award.learnerId, identity, by)
    }
    return issueFor(unit, award, role, input.format, desk)
  }
}

async function issueFor(
  unit: UnitOfWork,
  award: Award,
  role: 'registrar' | 'learner',
  format: CredentialFormat,
  desk: CredentialDesk,
): Promise<CommandResult<IssuedAnswer>> {
  const wanted = { awardId: award.id as AwardId, format, holderKey: null, now: unit.now }
  const outcome = await desk.issue(unit.em, wanted)
  if (outcome.kind === 'refused') {
    const [code, message] = refusals[outcome.reason]
    return refused(code, 'awardId', message)
  }
  const { id } = outcome.credential
  if (outcome.isNew) {
    unit.audit({
      entityId: id,
      action: 'credential.issued',
      fromState: null,
      toState: 'VALID',
      reason: null,
      role,
      member: role === 'registrar' ? award.awardingMember : null,
    })
  }
  return done({ credentialId: id })
}

function roleFor({ actor }: UnitOfWork, award: Award): 'registrar' | 'learner' | null {
  const { principal, subjectId } = actor
  if (hasRole(principal, 'registrar', award.awardingMember)) return 'registrar'
  const isOwn =
    principal.kind === 'person' &&
    toGlobalId(allianceOwner, 'learner', subjectId) === award.learnerId
  return isOwn ? 'learner' : null
}

const refusals: Readonly<Record<IssueRefusal, readonly [FaultCode, string]>> = {
  AWARD_UNKNOWN: ['NOT_FOUND', 'there is no such award'],
  AWARD_NOT_VALID: ['AWARD_NOT_VALID', 'the award is not valid'],
  LEARNER_IDENTITY_MISSING: [
    'IDENTITY_MISSING',
    'no registrar has attested who the learner is: ask the awarding member',
  ],
  DEFINITION_MISSING: ['NOT_FOUND', 'the micro-credential or its member is not known any more'],
}
