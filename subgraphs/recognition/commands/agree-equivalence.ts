import {
  allianceOwner,
  type EquivalenceId,
  hasRole,
  isMemberSlug,
  type OpportunityId,
  ownerOf,
  toGlobalId,
} from '../../../schema/index.js'
import type { EquivalenceAgreement } from '../domain/recognition-decision/equivalence-agreement.js'
import { findAudit } from '../store/audit.store.js'
import {
  findAgreementsAbout,
  lockAgreement,
  saveAgreement,
} from '../store/equivalence-agreement.store.js'
import { checkDate, checkId, checkText } from './check-input.js'
import { type CommandResult, done, FaultList, refused } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface ProposeEquivalenceInput {
  /** What is awarded. */
  readonly opportunityId: string
  readonly recognisingMember: string
  /** What it counts as there; null or left out: as free credits. */
  readonly targetOpportunityId?: string | null
  /** ISO dates of awarding it covers, both inclusive. */
  readonly validFrom: string
  readonly validUntil?: string | null
  /** Where it is written down. */
  readonly citation: string
}

/** A registrar of one of the two members puts an agreement on the table; it holds once the other one agrees. */
export async function proposeEquivalence(
  unit: UnitOfWork,
  input: ProposeEquivalenceInput,
): Promise<CommandResult<EquivalenceAgreement>> {
  const faults = new FaultList()
  const { opportunityId, recognisingMember, validFrom } = input
  const targetOpportunityId = input.targetOpportunityId ?? null
  const validUntil = input.validUntil ?? null
  checkId(faults, 'opportunityId', opportunityId, 'opportunity')
  const awardingMember = ownerOf(opportunityId) ?? ''
  if (!isMemberSlug(recognisingMember) || recognisingMember === allianceOwner) {
    faults.add('ID_INVALID', 'recognisingMember', 'has to be the slug of a member')
  }
  if (awardingMember === recognisingMember) {
    faults.add('SAME_MEMBER', 'recognisingMember', 'has to be another member than awards')
  }
  if (targetOpportunityId !== null) {
    const isId = checkId(faults, 'targetOpportunityId', targetOpportunityId, 'opportunity')
    if (isId && ownerOf(targetOpportunityId) !== recognisingMember) {
      faults.add('VALUE_INVALID', 'targetOpportunityId', 'is not of the recognising member')
    }
  }
  const isFrom = checkDate(faults, 'validFrom', validFrom)
  const isUntil = validUntil === null || checkDate(faults, 'validUntil', validUntil)
  if (isFrom && isUntil && validUntil !== null && validUntil < validFrom) {
    faults.add('DATE_INVALID', 'validUntil', 'lies before validFrom')
  }
  checkText(faults, 'citation', input.citation)
  const side = sideOf(unit, awardingMember, recognisingMember)
  if (side === null) {
    faults.add('NOT_PERMITTED', 'opportunityId', 'only registrars of the two members agree')
  }
  const isSame = (one: EquivalenceAgreement) =>
    one.state !== 'ENDED' &&
    one.recognisingMember === recognisingMember &&
    one.targetOpportunityId === targetOpportunityId
  if (faults.isEmpty && (await findAgreementsAbout(unit.em, opportunityId)).some(isSame)) {
    faults.add('AGREEMENT_EXISTS', 'opportunityId', 'there is one already; end it first')
  }
  if (!faults.isEmpty || side === null) return faults.toResult()
  const agreement: EquivalenceAgreement = {
    id: toGlobalId(allianceOwner, 'equivalence', unit.newId()),
    opportunityId: opportunityId as OpportunityId,
    awardingMember,
    recognisingMember,
    targetOpportunityId: targetOpportunityId as OpportunityId | null,
    state: 'PROPOSED',
    validFrom,
    validUntil,
    citation: input.citation,
    version: 1,
  }
  await saveAgreement(unit.em, agreement)
  noteChange(unit, 'equivalence.proposed', null, agreement, side)
  return done(agreement)
}

export interface ChangeAgreementInput {
  readonly agreementId: string
  readonly expectedVersion: number
}

/** A registrar of the other member agrees: from now on the agreement decides requests that it covers. */
export async function agreeEquivalence(
  unit: UnitOfWork,
  input: ChangeAgreementInput,
): Promise<CommandResult<EquivalenceAgreement>> {
  const found = await lockOwnAgreement(unit, input)
  if (!found.isDone) return found
  const before = found.value
  if (before.state !== 'PROPOSED') {
    return refused('STATE_FORBIDS', 'agreementId', `the agreement is ${before.state}`)
  }
  const proposer = await findProposer(unit, before.id)
  const sides = [before.awardingMember, before.recognisingMember]
  const side = sides.find(
    (member) => member !== proposer && hasRole(unit.actor.principal, 'registrar', member),
  )
  if (side === undefined) {
    return refused('NOT_PERMITTED', 'agreementId', 'the other member has to agree')
  }
  return change(unit, 'equivalence.agreed', before, { state: 'AGREED' }, side)
}

/** A registrar of either member ends an agreement, or takes a proposal off the table. What it decided stays decided. */
export async function endEquivalence(
  unit: UnitOfWork,
  input: ChangeAgreementInput,
): Promise<CommandResult<EquivalenceAgreement>> {
  const found = await lockOwnAgreement(unit, input)
  if (!found.isDone) return found
  const before = found.value
  if (before.state === 'ENDED') {
    return refused('STATE_FORBIDS', 'agreementId', 'the agreement has ended already')
  }
  const side = sideOf(unit, before.awardingMember, before.recognisingMember) ?? ''
  return change(unit, 'equivalence.ended', before, { state: 'ENDED' }, side)
}

async function change(
  unit: UnitOfWork,
  action: string,
  before: EquivalenceAgreement,
  part: Pick<EquivalenceAgreement, 'state'>,
  side: string,
): Promise<CommandResult<EquivalenceAgreement>> {
  const agreement = { ...before, ...part, version: before.version + 1 }
  await saveAgreement(unit.em, agreement)
  noteChange(unit, action, before, agreement, side)
  return done(agreement)
}

async function lockOwnAgreement(
  unit: UnitOfWork,
  { agreementId, expectedVersion }: ChangeAgreementInput,
): Promise<CommandResult<EquivalenceAgreement>> {
  const faults = new FaultList()
  if (!checkId(faults, 'agreementId', agreementId, 'equivalence')) return faults.toResult()
  const agreement = await lockAgreement(unit.em, agreementId)
  if (!agreement || sideOf(unit, agreement.awardingMember, agreement.recognisingMember) === null) {
    return refused('NOT_FOUND', 'agreementId', 'no agreement of your member has this id')
  }
  if (agreement.version !== expectedVersion) {
    const message = `the agreement is at version ${agreement.version}, not ${expectedVersion}`
    return refused('VERSION_CONFLICT', 'expectedVersion', message)
  }
  return done(agreement)
}

/** The member of the two that the actor is a registrar of; null for neither. */
function sideOf({ actor }: UnitOfWork, one: string, other: string): string | null {
  const isSide = (member: string) => hasRole(actor.principal, 'registrar', member)
  return [one, other].find(isSide) ?? null
}

async function findProposer({ em }: UnitOfWork, id: EquivalenceId): Promise<string | null> {
  const entries = (await findAudit(em, [id])).get(id) ?? []
  return entries.find(({ action }) => action === 'equivalence.proposed')?.actorMember ?? null
}

function noteChange(
  unit: UnitOfWork,
  action: string,
  before: EquivalenceAgreement | null,
  agreement: EquivalenceAgreement,
  member: string,
): void {
  unit.audit({
    entityId: agreement.id,
    action,
    fromState: before?.state ?? null,
    toState: agreement.state,
    reason: agreement.citation,
    role: 'registrar',
    member,
  })
}
