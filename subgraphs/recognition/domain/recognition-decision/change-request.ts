import { addDays } from '../calendar.js'
import { compareDecimals, type DecimalText } from '../decimal.js'
import type {
  Actor,
  DecisionOutcome,
  DecisionPolicy,
  DifferenceReason,
  Evidence,
  RecognitionDecision,
  RecognitionRequest,
  RequestState,
  TrailEntry,
} from './recognition-request.js'

export type RequestChange =
  | { readonly ok: true; readonly request: RecognitionRequest }
  | { readonly ok: false; readonly reasons: readonly RefusedChange[] }

export type RefusedChange =
  | {
      readonly code: 'WRONG_STATE'
      readonly state: RequestState
      readonly allowed: readonly RequestState[]
    }
  | { readonly code: 'NOT_THE_LEARNER' | 'NOT_A_REGISTRAR' }
  | { readonly code: 'NOT_THE_RECOGNISING_MEMBER'; readonly member: string }
  | { readonly code: 'OWN_AWARD'; readonly member: string }
  | { readonly code: 'SAME_DECIDER' }
  | { readonly code: 'REASON_MISSING'; readonly outcome: DecisionOutcome }
  | {
      readonly code: 'CREDITS_OUT_OF_RANGE'
      readonly recognisedEcts: DecimalText
      readonly ofEcts: DecimalText
    }
  | { readonly code: 'NOTHING_TO_APPEAL'; readonly outcome: DecisionOutcome }
  | { readonly code: 'APPEAL_TOO_LATE'; readonly until: string }
  | { readonly code: 'GROUNDS_MISSING' }

/** Who does something, and when: `at` is an ISO instant, `on` the ISO date at the recognising member. */
export interface Doing {
  readonly by: Actor
  readonly at: string
  readonly on: string
}

/** What a registrar decides. `recognisedEcts` is only asked for with `PARTIAL`. */
export type Verdict =
  | { readonly outcome: 'RECOGNISED' }
  | {
      readonly outcome: 'PARTIAL'
      readonly recognisedEcts: DecimalText
      readonly reasons: readonly DifferenceReason[]
    }
  | {
      readonly outcome: 'REFUSED_SUBSTANTIAL_DIFFERENCE'
      readonly reasons: readonly DifferenceReason[]
    }

export type NewRequest = Omit<
  RecognitionRequest,
  'requestedOn' | 'decideBy' | 'state' | 'decisions' | 'appeal' | 'trail' | 'version'
>

/** A new request. Refused: `NOT_THE_LEARNER`, `OWN_AWARD` (a member need not recognise what it awarded itself). */
export function openRequest(
  request: NewRequest,
  doing: Doing,
  policy: DecisionPolicy,
): RequestChange {
  const reasons: RefusedChange[] = learnerReasons(request.learnerId, doing.by)
  if (request.awardingMember === request.recognisingMember) {
    reasons.push({ code: 'OWN_AWARD', member: request.awardingMember })
  }
  if (reasons.length > 0) return { ok: false, reasons }
  return {
    ok: true,
    request: {
      ...request,
      requestedOn: doing.on,
      decideBy: addDays(doing.on, policy.decideWithinDays),
      state: 'PENDING',
      decisions: [],
      appeal: null,
      trail: [entry(doing, 'REQUESTED', null, 'PENDING')],
      version: 1,
    },
  }
}

/** Adds to the evidence while somebody still has to decide. */
export function addEvidence(
  request: RecognitionRequest,
  evidence: readonly Evidence[],
  doing: Doing,
): RequestChange {
  const reasons = [
    ...stateReasons(request, ['PENDING', 'APPEALED']),
    ...learnerReasons(request.learnerId, doing.by),
  ]
  if (reasons.length > 0) return { ok: false, reasons }
  const all = [...request.evidence, ...evidence]
  return changed(request, doing, 'EVIDENCE_ADDED', request.state, { evidence: all })
}

/**
 * Decides a request, or the appeal against its first decision. Anything less than recognition needs the substantial
 * difference that stands in its way; an appeal is decided by somebody else than the decision it is against.
 */
export function decideRequest(
  request: RecognitionRequest,
  verdict: Verdict,
  doing: Doing,
  policy: DecisionPolicy,
): RequestChange {
  const reasons = [
    ...stateReasons(request, ['PENDING', 'APPEALED']),
    ...deciderReasons(request, doing.by),
    ...verdictReasons(request, verdict),
  ]
  if (reasons.length > 0) return { ok: false, reasons }
  const isAppeal = request.state === 'APPEALED'
  const decideBy = request.appeal?.decideBy ?? request.decideBy
  const isFinal = isAppeal || verdict.outcome === 'RECOGNISED'
  const decision: RecognitionDecision = {
    outcome: verdict.outcome,
    recognisedEcts: recognisedEcts(request, verdict),
    reasons: verdict.outcome === 'RECOGNISED' ? [] : verdict.reasons,
    decidedOn: doing.on,
    decidedBy: doing.by,
    equivalenceId: doing.by.kind === 'AGREEMENT' ? doing.by.id : null,
    isLate: doing.on > decideBy,
    appealUntil: isFinal ? null : addDays(doing.on, policy.appealWithinDays),
  }
  const decisions = [...request.decisions, decision]
  return changed(request, doing, 'DECIDED', isAppeal ? 'FINAL' : 'DECIDED', { decisions })
}

/** Appeals against a first decision that gave less than was asked for. */
export function appealRequest(
  request: RecognitionRequest,
  grounds: string,
  doing: Doing,
  policy: DecisionPolicy,
): RequestChange {
  const decision = holdingDecision(request)
  const reasons: RefusedChange[] = [
    ...stateReasons(request, ['DECIDED']),
    ...learnerReasons(request.learnerId, doing.by),
  ]
  if (grounds.trim() === '') reasons.push({ code: 'GROUNDS_MISSING' })
  if (decision?.outcome === 'RECOGNISED') {
    reasons.push({ code: 'NOTHING_TO_APPEAL', outcome: decision.outcome })
  }
  const until = decision?.appealUntil ?? null
  if (until !== null && doing.on > until) reasons.push({ code: 'APPEAL_TOO_LATE', until })
  if (reasons.length > 0) return { ok: false, reasons }
  const decideBy = addDays(doing.on, policy.decideWithinDays)
  const appeal = { appealedOn: doing.on, grounds, decideBy }
  return changed(request, doing, 'APPEALED', 'APPEALED', { appeal })
}

/** Takes a request or an appeal back; an earlier decision then holds. */
export function withdrawRequest(request: RecognitionRequest, doing: Doing): RequestChange {
  const reasons = [
    ...stateReasons(request, ['PENDING', 'APPEALED']),
    ...learnerReasons(request.learnerId, doing.by),
  ]
  if (reasons.length > 0) return { ok: false, reasons }
  return changed(request, doing, 'WITHDRAWN', 'WITHDRAWN', {})
}

/** The decision that holds now; null while there is none. */
export function holdingDecision(request: RecognitionRequest): RecognitionDecision | null {
  return request.decisions.at(-1) ?? null
}

/** Whether the member has let the time for a decision pass. */
export function isOverdue(request: RecognitionRequest, date: string): boolean {
  if (request.state === 'APPEALED') return date > (request.appeal?.decideBy ?? date)
  return request.state === 'PENDING' && date > request.decideBy
}

function recognisedEcts(request: RecognitionRequest, verdict: Verdict): DecimalText {
  switch (verdict.outcome) {
    case 'RECOGNISED':
      return request.ects
    case 'PARTIAL':
      return verdict.recognisedEcts
    case 'REFUSED_SUBSTANTIAL_DIFFERENCE':
      return '0'
  }
}

function verdictReasons(request: RecognitionRequest, verdict: Verdict): RefusedChange[] {
  if (verdict.outcome === 'RECOGNISED') return []
  const found: RefusedChange[] = []
  const isExplained =
    verdict.reasons.length > 0 && verdict.reasons.every((r) => r.explanation.trim() !== '')
  if (!isExplained) found.push({ code: 'REASON_MISSING', outcome: verdict.outcome })
  if (verdict.outcome === 'PARTIAL') {
    const { recognisedEcts } = verdict
    const isSome = compareDecimals(recognisedEcts, '0') > 0
    if (!isSome || compareDecimals(recognisedEcts, request.ects) >= 0) {
      found.push({ code: 'CREDITS_OUT_OF_RANGE', recognisedEcts, ofEcts: request.ects })
    }
  }
  return found
}

function deciderReasons(request: RecognitionRequest, by: Actor): RefusedChange[] {
  // An agreement decides at first sight only; an appeal is for a person.
  if (by.kind === 'AGREEMENT' && request.state === 'PENDING') return []
  if (by.kind !== 'REGISTRAR') return [{ code: 'NOT_A_REGISTRAR' }]
  const reasons: RefusedChange[] = []
  if (by.member !== request.recognisingMember) {
    reasons.push({ code: 'NOT_THE_RECOGNISING_MEMBER', member: by.member })
  }
  const first = holdingDecision(request)?.decidedBy
  if (request.state === 'APPEALED' && first?.kind === 'REGISTRAR' && first.id === by.id) {
    reasons.push({ code: 'SAME_DECIDER' })
  }
  return reasons
}

function learnerReasons(learnerId: string, by: Actor): RefusedChange[] {
  return by.kind === 'LEARNER' && by.id === learnerId ? [] : [{ code: 'NOT_THE_LEARNER' }]
}

function stateReasons(
  { state }: RecognitionRequest,
  allowed: readonly RequestState[],
): RefusedChange[] {
  return allowed.includes(state) ? [] : [{ code: 'WRONG_STATE', state, allowed }]
}

function changed(
  request: RecognitionRequest,
  doing: Doing,
  action: TrailEntry['action'],
  to: RequestState,
  parts: Partial<RecognitionRequest>,
): RequestChange {
  const trail = [...request.trail, entry(doing, action, request.state, to)]
  return {
    ok: true,
    request: { ...request, ...parts, state: to, trail, version: request.version + 1 },
  }
}

function entry(
  { at, by }: Doing,
  action: TrailEntry['action'],
  from: RequestState | null,
  to: RequestState,
): TrailEntry {
  return { at, by, action, from, to }
}
