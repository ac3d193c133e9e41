import {
  allianceOwner,
  hasRole,
  isMemberSlug,
  type LearnerId,
  type OpportunityId,
  ownerOf,
  toGlobalId,
} from '../../../schema/index.js'
import type { Award } from '../domain/award.js'
import {
  appealRequest,
  type Doing,
  decideRequest,
  openRequest,
  type RequestChange,
  type Verdict,
  withdrawRequest,
} from '../domain/recognition-decision/change-request.js'
import {
  decideByAgreement,
  findAgreement,
} from '../domain/recognition-decision/equivalence-agreement.js'
import {
  type Evidence,
  illustrativeDecisionPolicy as policy,
  type RecognitionRequest,
} from '../domain/recognition-decision/recognition-request.js'
import { findAwards } from '../store/award.store.js'
import { findAgreementsAbout } from '../store/equivalence-agreement.store.js'
import {
  hasRecognitionRequest,
  lockRecognitionRequest,
  saveRecognitionRequest,
} from '../store/recognition-request.store.js'
import { checkId, checkText, toDate } from './check-input.js'
import { type CommandResult, done, FaultList } from './fault.js'
import { noteRequestChange, toFaults } from './note-request-change.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface RequestRecognitionInput {
  readonly awardId: string
  readonly recognisingMember: string
  /** What it is to count as there; null or left out: as free credits. */
  readonly targetOpportunityId?: string | null
  readonly evidence?: readonly Evidence[] | null
}

/**
 * A learner asks a member to recognise what another one awarded. Where the two have agreed on it beforehand, it is
 * decided at once, with the agreement cited.
 */
export async function requestRecognition(
  unit: UnitOfWork,
  input: RequestRecognitionInput,
): Promise<CommandResult<RecognitionRequest>> {
  const checked = await checkRequest(unit, input)
  if (!checked.isDone) return checked
  const award = checked.value
  const target = (input.targetOpportunityId ?? null) as OpportunityId | null
  const opened = openRequest(
    {
      id: toGlobalId(input.recognisingMember, 'recognitionrequest', unit.newId()),
      learnerId: award.learnerId,
      awardId: award.id,
      ects: award.ects,
      awardedOpportunityId: award.opportunityId,
      awardingMember: award.awardingMember,
      recognisingMember: input.recognisingMember,
      targetOpportunityId: target,
      evidence: input.evidence ?? [],
    },
    asLearner(unit),
    policy,
  )
  if (!opened.ok) return toFaults(opened.reasons, 'recognisingMember')
  const { request } = opened
  const agreements = await findAgreementsAbout(unit.em, award.opportunityId)
  const agreement = findAgreement(request, award.awardedOn, agreements)
  const decided = agreement && decideByAgreement(request, agreement, asLearner(unit), policy)
  const final = decided?.ok ? decided.request : request
  await saveRecognitionRequest(unit.em, final)
  await noteRequestChange(unit, 'recognition.requested', null, request)
  if (decided?.ok) await noteRequestChange(unit, 'recognition.decided', request, final)
  return done(final)
}

/** The award, when it is the learner's own, valid, and this has not been asked for yet. */
async function checkRequest(
  { em, actor }: UnitOfWork,
  input: RequestRecognitionInput,
): Promise<CommandResult<Award>> {
  const faults = new FaultList()
  const { awardId, recognisingMember, targetOpportunityId = null } = input
  if (!isMemberSlug(recognisingMember) || recognisingMember === allianceOwner) {
    faults.add('ID_INVALID', 'recognisingMember', 'has to be the slug of a member')
  }
  if (targetOpportunityId !== null) {
    const isId = checkId(faults, 'targetOpportunityId', targetOpportunityId, 'opportunity')
    if (isId && ownerOf(targetOpportunityId) !== recognisingMember) {
      faults.add('VALUE_INVALID', 'targetOpportunityId', 'is not of the recognising member')
    }
  }
  for (const [index, { title, reference }] of (input.evidence ?? []).entries()) {
    checkText(faults, `evidence.${index}.title`, title)
    checkText(faults, `evidence.${index}.reference`, reference)
  }
  const isId = checkId(faults, 'awardId', awardId, 'award')
  const award = isId ? (await findAwards(em, [awardId])).get(awardId) : undefined
  // Another learner's award is answered like none.
  const isOwn = award?.learnerId === learnerOf(actor.subjectId)
  if (isId && !isOwn) faults.add('NOT_FOUND', 'awardId', 'you have no award with this id')
  if (!award || !isOwn) return faults.toResult()
  if (award.status !== 'VALID') {
    faults.add('AWARD_NOT_VALID', 'awardId', `the award is ${award.status}`)
  }
  const wanted = {
    awardId: award.id,
    recognisingMember,
    targetOpportunityId: targetOpportunityId as OpportunityId | null,
  }
  if (faults.isEmpty && (await hasRecognitionRequest(em, wanted))) {
    faults.add('REQUEST_EXISTS', 'awardId', 'this was asked for already')
  }
  return faults.isEmpty ? done(award) : faults.toResult()
}

export interface ChangeRequestInput {
  readonly requestId: string
  /** The version that was seen: a change in between is not overwritten unseen. */
  readonly expectedVersion: number
}

/** A registrar of the recognising member decides a request, or the appeal against the first decision. */
export function decideRecognition(
  unit: UnitOfWork,
  input: ChangeRequestInput & { readonly verdict: Verdict },
): Promise<CommandResult<RecognitionRequest>> {
  return changeRequest(unit, input, 'recognition.decided', 'verdict', (request) =>
    decideRequest(request, input.verdict, asRegistrar(unit, request), policy),
  )
}

/** The learner appeals against a decision that gave less than was asked for. */
export function appealRecognition(
  unit: UnitOfWork,
  input: ChangeRequestInput & { readonly grounds: string },
): Promise<CommandResult<RecognitionRequest>> {
  return changeRequest(unit, input, 'recognition.appealed', 'grounds', (request) =>
    appealRequest(request, input.grounds, asLearner(unit), policy),
  )
}

/** The learner takes a request or an appeal back. */
export function withdrawRecognition(
  unit: UnitOfWork,
  input: ChangeRequestInput,
): Promise<CommandResult<RecognitionRequest>> {
  return changeRequest(unit, input, null, 'requestId', (request) =>
    withdrawRequest(request, asLearner(unit)),
  )
}

async function changeRequest(
  unit: UnitOfWork,
  { requestId, expectedVersion }: ChangeRequestInput,
  kind: 'recognition.decided' | 'recognition.appealed' | null,
  path: string,
  change: (request: RecognitionRequest) => RequestChange,
): Promise<CommandResult<RecognitionRequest>> {
  const faults = new FaultList()
  const isId = checkId(faults, 'requestId', requestId, 'recognitionrequest')
  const request = isId ? await lockRecognitionRequest(unit.em, requestId) : null
  const isVisible = request !== null && isConcerned(unit, request, kind === 'recognition.decided')
  // Requests of others are answered like none: whether they exist is not told.
  if (isId && !isVisible) faults.add('NOT_FOUND', 'requestId', 'no request of yours has this id')
  if (!request || !isVisible) return faults.toResult()
  const changed = change(request)
  const conflict = {
    code: 'VERSION_CONFLICT' as const,
    path: ['expectedVersion'],
    message: `the request is at version ${request.version}, not ${expectedVersion}: read it again`,
  }
  const conflicts = request.version === expectedVersion ? [] : [conflict]
  if (!changed.ok) {
    const refused = toFaults<RecognitionRequest>(changed.reasons, path)
    return refused.isDone ? refused : { isDone: false, faults: [...conflicts, ...refused.faults] }
  }
  if (conflicts.length > 0) return { isDone: false, faults: conflicts }
  await saveRecognitionRequest(unit.em, changed.request)
  await noteRequestChange(unit, kind, request, changed.request)
  return done(changed.request)
}

function isConcerned(
  { actor }: UnitOfWork,
  request: RecognitionRequest,
  asksAsRegistrar: boolean,
): boolean {
  return asksAsRegistrar
    ? hasRole(actor.principal, 'registrar', request.recognisingMember)
    : request.learnerId === learnerOf(actor.subjectId)
}

function learnerOf(subjectId: string): LearnerId {
  return toGlobalId(allianceOwner, 'learner', subjectId)
}

function asLearner({ actor, now }: UnitOfWork): Doing {
  const by = { kind: 'LEARNER', id: learnerOf(actor.subjectId) } as const
  return { by, at: now.toISOString(), on: toDate(now) }
}

function asRegistrar({ actor, now }: UnitOfWork, request: RecognitionRequest): Doing {
  const { recognisingMember: member } = request
  const by = { kind: 'REGISTRAR', id: actor.subjectId, member } as const
  return { by, at: now.toISOString(), on: toDate(now) }
}
