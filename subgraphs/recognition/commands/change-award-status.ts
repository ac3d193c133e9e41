import { hasRole } from '../../../schema/index.js'
import type { Award, AwardStatus } from '../domain/award.js'
import type { AwardFact } from '../domain/recognition-event.js'
import { lockAwards, updateAwardStatus } from '../store/award.store.js'
import { findLearners } from '../store/learner.store.js'
import { emitAwardEvent } from './award-event.js'
import { checkId, checkText, toDate } from './check-input.js'
import { type CommandResult, done, FaultList } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface ChangeAwardInput {
  readonly awardId: string
  /** The version the registrar saw: a change in between is not overwritten unseen. */
  readonly expectedVersion: number
  /** In the registrar's words, for the learner and the audit trail. */
  readonly reason: string
}

interface StatusChange {
  readonly kind: Exclude<AwardFact['kind'], 'award.made' | 'award.superseded'>
  readonly from: readonly AwardStatus[]
  readonly to: AwardStatus
}

/** An error, misconduct or a lost accreditation: the award no longer counts, and never will again. */
export const revokeAward = (unit: UnitOfWork, input: ChangeAwardInput) =>
  changeAwardStatus(unit, input, {
    kind: 'award.revoked',
    from: ['VALID', 'SUSPENDED'],
    to: 'REVOKED',
  })

/** Something is being looked into: the award does not count until it is reinstated. */
export const suspendAward = (unit: UnitOfWork, input: ChangeAwardInput) =>
  changeAwardStatus(unit, input, { kind: 'award.suspended', from: ['VALID'], to: 'SUSPENDED' })

/** What was looked into came to nothing: the award counts again. */
export const reinstateAward = (unit: UnitOfWork, input: ChangeAwardInput) =>
  changeAwardStatus(unit, input, { kind: 'award.reinstated', from: ['SUSPENDED'], to: 'VALID' })

async function changeAwardStatus(
  unit: UnitOfWork,
  input: ChangeAwardInput,
  change: StatusChange,
): Promise<CommandResult<Award>> {
  const found = await lockChangeableAward(unit, input, change.from)
  if (!found.isDone) return found
  const before = found.value
  const award: Award = { ...before, status: change.to, version: before.version + 1 }
  await updateAwardStatus(unit.em, award)
  await noteAwardChange(unit, change.kind, before, award, input.reason)
  return done(award)
}

/** Notes audit entry and event of a change of an award. */
export async function noteAwardChange(
  unit: UnitOfWork,
  kind: AwardFact['kind'],
  before: Award,
  award: Award,
  reason: string,
): Promise<void> {
  unit.audit({
    entityId: award.id,
    action: kind,
    fromState: before.status,
    toState: award.status,
    reason,
    role: 'registrar',
    member: award.awardingMember,
  })
  const learner = (await findLearners(unit.em, [award.learnerId])).get(award.learnerId)
  if (!learner) throw new RangeError('an award without a learner')
  emitAwardEvent(unit, kind, award, learner, toDate(unit.now))
}

/** The award, locked, when the actor may change it from one of these states now; else every reason why not. */
export async function lockChangeableAward(
  { em, actor }: UnitOfWork,
  { awardId, expectedVersion, reason }: ChangeAwardInput,
  from: readonly AwardStatus[],
): Promise<CommandResult<Award>> {
  const faults = new FaultList()
  checkText(faults, 'reason', reason)
  const isId = checkId(faults, 'awardId', awardId, 'award')
  const award = isId ? (await lockAwards(em, [awardId])).get(awardId) : undefined
  // Other members' awards are answered like none: whether they exist is not told.
  const isOwn = award !== undefined && hasRole(actor.principal, 'registrar', award.awardingMember)
  if (isId && !isOwn) faults.add('NOT_FOUND', 'awardId', 'no award of your member has this id')
  if (!isOwn) return faults.toResult()
  if (award.version !== expectedVersion) {
    faults.add(
      'VERSION_CONFLICT',
      'expectedVersion',
      `the award is at version ${award.version}, not ${expectedVersion}: read it again`,
    )
  }
  if (!from.includes(award.status)) {
    faults.add('STATE_FORBIDS', 'awardId', `an award that is ${award.status} cannot become this`)
  }
  return faults.isEmpty ? done(award) : faults.toResult()
}
