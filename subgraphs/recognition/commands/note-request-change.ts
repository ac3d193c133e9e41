import type { RefusedChange } from '../domain/recognition-decision/change-request.js'
import { holdingDecision } from '../domain/recognition-decision/change-request.js'
import type { RecognitionRequest } from '../domain/recognition-decision/recognition-request.js'
import type { RecognitionRequestFact } from '../domain/recognition-event.js'
import { findLearners } from '../store/learner.store.js'
import { toDate } from './check-input.js'
import type { CommandResult, Fault, FaultCode } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

/** Notes audit entry and event of a change of a request; `kind` null: nothing for others to follow. */
export async function noteRequestChange(
  unit: UnitOfWork,
  kind: RecognitionRequestFact['kind'] | null,
  before: RecognitionRequest | null,
  request: RecognitionRequest,
): Promise<void> {
  const { by } = request.trail.at(-1) ?? { by: null }
  const decision = holdingDecision(request)
  const isRegistrar = by?.kind === 'REGISTRAR'
  unit.audit({
    entityId: request.id,
    action: kind ?? 'recognition.withdrawn',
    fromState: before?.state ?? null,
    toState: request.state,
    reason: decision?.equivalenceId ?? null,
    role: isRegistrar ? 'registrar' : 'learner',
    member: isRegistrar ? by.member : null,
  })
  if (kind === null) return
  const learner = (await findLearners(unit.em, [request.learnerId])).get(request.learnerId)
  unit.emit({
    id: `${kind}:${request.id}:${request.version}`,
    occurredOn: toDate(unit.now),
    learnerId: request.learnerId,
    homeMember: learner?.homeMember ?? null,
    fact: {
      kind,
      requestId: request.id,
      recognisingMember: request.recognisingMember,
      awardingMember: request.awardingMember,
      outcome: decision?.outcome ?? null,
      isAutomatic: (decision?.equivalenceId ?? null) !== null,
    },
  })
}

const codes: Readonly<Record<RefusedChange['code'], FaultCode>> = {
  WRONG_STATE: 'STATE_FORBIDS',
  NOT_THE_LEARNER: 'NOT_PERMITTED',
  NOT_A_REGISTRAR: 'NOT_PERMITTED',
  NOT_THE_RECOGNISING_MEMBER: 'NOT_PERMITTED',
  OWN_AWARD: 'SAME_MEMBER',
  SAME_DECIDER: 'SAME_DECIDER',
  REASON_MISSING: 'VALUE_REQUIRED',
  CREDITS_OUT_OF_RANGE: 'VALUE_INVALID',
  NOTHING_TO_APPEAL: 'STATE_FORBIDS',
  APPEAL_TOO_LATE: 'DEADLINE_PASSED',
  GROUNDS_MISSING: 'VALUE_REQUIRED',
}

/** What the domain refuses, as faults of the input at `path`. */
export function toFaults<Value>(
  reasons: readonly RefusedChange[],
  path: string,
): CommandResult<Value> {
  const faults = reasons.map(
    (reason): Fault => ({ code: codes[reason.code], path: [path], message: explain(reason) }),
  )
  return { isDone: false, faults }
}

function explain(reason: RefusedChange): string {
  switch (reason.code) {
    case 'WRONG_STATE':
      return `the request is ${reason.state}; this takes ${reason.allowed.join(' or ')}`
    case 'NOT_THE_LEARNER':
      return 'only the learner does this'
    case 'NOT_A_REGISTRAR':
      return 'only a registrar does this'
    case 'NOT_THE_RECOGNISING_MEMBER':
      return `only ${reason.member} decides this`
    case 'OWN_AWARD':
      return `${reason.member} need not recognise what it awarded itself`
    case 'SAME_DECIDER':
      return 'an appeal is decided by somebody else than the decision it is against'
    case 'REASON_MISSING':
      return `${reason.outcome} needs the substantial difference, each with an explanation`
    case 'CREDITS_OUT_OF_RANGE':
      return `${reason.recognisedEcts} of ${reason.ofEcts} ECTS is no part of them`
    case 'NOTHING_TO_APPEAL':
      return 'everything was recognised'
    case 'APPEAL_TOO_LATE':
      return `an appeal was possible until ${reason.until}`
    case 'GROUNDS_MISSING':
      return 'an appeal needs grounds'
  }
}
