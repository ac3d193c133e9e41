import { describe, expect, it } from 'vitest'
import type {
  AwardId,
  EquivalenceId,
  LearnerId,
  OpportunityId,
  RecognitionRequestId,
} from '../../../../schema/index.js'
import {
  addEvidence,
  appealRequest,
  type Doing,
  decideRequest,
  holdingDecision,
  isOverdue,
  type NewRequest,
  openRequest,
  type RequestChange,
  type Verdict,
  withdrawRequest,
} from './change-request.js'
import {
  decideByAgreement,
  type EquivalenceAgreement,
  findAgreement,
} from './equivalence-agreement.js'
import { illustrativeDecisionPolicy, type RecognitionRequest } from './recognition-request.js'

const policy = illustrativeDecisionPolicy
const learner = { kind: 'LEARNER', id: 'alliance:learner:1' } as const
const registrar = { kind: 'REGISTRAR', id: 'registrar-1', member: 'dcu' } as const
const otherRegistrar = { ...registrar, id: 'registrar-2' }
const on = (date: string, by: Doing['by']): Doing => ({ by, on: date, at: `${date}T09:00:00Z` })
const asked: NewRequest = {
  id: 'dcu:recognitionrequest:1' as RecognitionRequestId,
  learnerId: 'alliance:learner:1' as LearnerId,
  awardId: 'uis:award:1' as AwardId,
  ects: '5',
  awardedOpportunityId: 'uis:opportunity:1' as OpportunityId,
  awardingMember: 'uis',
  recognisingMember: 'dcu',
  targetOpportunityId: 'dcu:opportunity:9' as OpportunityId,
  evidence: [],
}
const refusal: Verdict = {
  outcome: 'REFUSED_SUBSTANTIAL_DIFFERENCE',
  reasons: [
    { difference: 'LEARNING_OUTCOMES', explanation: 'No statistics, which the target rests on' },
  ],
}

function done(change: RequestChange): RecognitionRequest {
  if (!change.ok) throw new Error(JSON.stringify(change.reasons))
  return change.request
}
const codes = (change: RequestChange) => (change.ok ? [] : change.reasons.map(({ code }) => code))
const pending = done(openRequest(asked, on('2026-01-10', learner), policy))
const refused = done(decideRequest(pending, refusal, on('2026-02-01', registrar), policy))

describe('a recognition request', () => {
  it('starts pending, with the day by which the member decides', () => {
    expect(pending).toMatchObject({ state: 'PENDING', decideBy: '2026-02-14', version: 1 })
    expect(isOverdue(pending, '2026-02-14')).toBe(false)
    expect(isOverdue(pending, '2026-02-15')).toBe(true)
  })

  it('goes from refusal over appeal to a final recognition, and keeps every step', () => {
    const appealed = done(
      appealRequest(refused, 'Week 4 is statistics', on('2026-02-20', learner), policy),
    )
    const more = done(
      addEvidence(appealed, [{ title: 'Syllabus', reference: 'doc:7' }], on('2026-02-21', learner)),
    )
    const final = done(
      decideRequest(more, { outcome: 'RECOGNISED' }, on('2026-03-01', otherRegistrar), policy),
    )
    expect(final.state).toBe('FINAL')
    expect(final.decisions.map(({ outcome }) => outcome)).toEqual([
      'REFUSED_SUBSTANTIAL_DIFFERENCE',
      'RECOGNISED',
    ])
    expect(holdingDecision(final)).toMatchObject({ recognisedEcts: '5', appealUntil: null })
    expect(final.trail.map(({ action, from, to }) => [action, from, to])).toEqual([
      ['REQUESTED', null, 'PENDING'],
      ['DECIDED', 'PENDING', 'DECIDED'],
      ['APPEALED', 'DECIDED', 'APPEALED'],
      ['EVIDENCE_ADDED', 'APPEALED', 'APPEALED'],
      ['DECIDED', 'APPEALED', 'FINAL'],
    ])
    expect(final.version).toBe(5)
  })

  it('keeps the first decision when the appeal is withdrawn', () => {
    const appealed = done(appealRequest(refused, 'Unfair', on('2026-02-20', learner), policy))
    const withdrawn = done(withdrawRequest(appealed, on('2026-02-22', learner)))
    expect(withdrawn.state).toBe('WITHDRAWN')
    expect(holdingDecision(withdrawn)?.outcome).toBe('REFUSED_SUBSTANTIAL_DIFFERENCE')
  })

  it('records a decision after the deadline as late, and lets it hold', () => {
    const late = done(
      decideRequest(pending, { outcome: 'RECOGNISED' }, on('2026-02-15', registrar), policy),
    )
    expect(holdingDecision(late)).toMatchObject({ isLate: true, outcome: 'RECOGNISED' })
  })

  it('is not refused without naming a substantial difference', () => {
    const silent: Verdict = { outcome: 'REFUSED_SUBSTANTIAL_DIFFERENCE', reasons: [] }
    const blank: Verdict = { ...silent, reasons: [{ difference: 'LEVEL', explanation: ' ' }] }
    for (const verdict of [silent, blank]) {
      expect(codes(decideRequest(pending, verdict, on('2026-02-01', registrar), policy))).toEqual([
        'REASON_MISSING',
      ])
    }
  })

  it.each(['0', '5', '5.0', '7'])(
    'is not recognised in part with %s of 5 credits',
    (recognisedEcts) => {
      const verdict: Verdict = { ...refusal, outcome: 'PARTIAL', recognisedEcts } as Verdict
      expect(codes(decideRequest(pending, verdict, on('2026-02-01', registrar), policy))).toEqual([
        'CREDITS_OUT_OF_RANGE',
      ])
    },
  )

  it('tells everything that is wrong with a decision at once', () => {
    const verdict: Verdict = { outcome: 'PARTIAL', recognisedEcts: '9', reasons: [] }
    const stranger = { ...registrar, member: 'liu' }
    expect(codes(decideRequest(refused, verdict, on('2026-02-01', stranger), policy))).toEqual([
      'WRONG_STATE',
      'NOT_THE_RECOGNISING_MEMBER',
      'REASON_MISSING',
      'CREDITS_OUT_OF_RANGE',
    ])
  })

  it('is not decided by the learner, nor twice by the same registrar', () => {
    expect(codes(decideRequest(pending, refusal, on('2026-02-01', learner), policy))).toEqual([
      'NOT_A_REGISTRAR',
    ])
    const appealed = done(appealRequest(refused, 'Unfair', on('2026-02-20', learner), policy))
    expect(codes(decideRequest(appealed, refusal, on('2026-02-25', registrar), policy))).toEqual([
      'SAME_DECIDER',
    ])
  })

  it('is appealed by its learner only, in time, with grounds, and when there is something to appeal against', () => {
    expect(codes(appealRequest(refused, 'Unfair', on('2026-03-04', learner), policy))).toEqual([
      'APPEAL_TOO_LATE',
    ])
    expect(codes(appealRequest(refused, '', on('2026-03-03', registrar), policy))).toEqual([
      'NOT_THE_LEARNER',
      'GROUNDS_MISSING',
    ])
    const given = done(
      decideRequest(pending, { outcome: 'RECOGNISED' }, on('2026-02-01', registrar), policy),
    )
    expect(codes(appealRequest(given, 'More', on('2026-02-02', learner), policy))).toEqual([
      'NOTHING_TO_APPEAL',
    ])
  })

  it('is not opened for somebody else, nor with the member that awarded', () => {
    const own = { ...asked, recognisingMember: 'uis' }
    expect(codes(openRequest(own, on('2026-01-10', registrar), policy))).toEqual([
      'NOT_THE_LEARNER',
      'OWN_AWARD',
    ])
  })
})

describe('an equivalence agreement', () => {
  const agreement: EquivalenceAgreement = {
    id: 'alliance:equivalence:1' as EquivalenceId,
    opportunityId: asked.awardedOpportunityId,
    awardingMember: 'uis',
    recognisingMember: 'dcu',
    targetOpportunityId: asked.targetOpportunityId,
    state: 'AGREED',
    validFrom: '2025-09-01',
    validUntil: '2026-08-31',
    citation: 'Synthetic accord, annex 2',
    version: 1,
  }

  it('decides a request it covers at once, and is cited', () => {
    expect(findAgreement(pending, '2025-12-20', [agreement])).toBe(agreement)
    const decided = done(decideByAgreement(pending, agreement, on('2026-01-10', learner), policy))
    expect(holdingDecision(decided)).toMatchObject({
      outcome: 'RECOGNISED',
      equivalenceId: agreement.id,
      decidedBy: { kind: 'AGREEMENT', id: agreement.id },
    })
  })

  it.each([
    ['proposed only', { state: 'PROPOSED' as const }, '2025-12-20'],
    ['of another course', { opportunityId: 'uis:opportunity:2' as OpportunityId }, '2025-12-20'],
    ['towards another course', { targetOpportunityId: null }, '2025-12-20'],
    ['of an earlier award', {}, '2025-08-31'],
    ['of a later award', {}, '2026-09-01'],
  ])('does not cover a request when it is %s', (_, part, awardedOn) => {
    expect(findAgreement(pending, awardedOn, [{ ...agreement, ...part }])).toBeNull()
  })

  it('never decides an appeal', () => {
    const appealed = done(appealRequest(refused, 'Unfair', on('2026-02-20', learner), policy))
    expect(
      codes(decideByAgreement(appealed, agreement, on('2026-02-21', learner), policy)),
    ).toEqual(['NOT_A_REGISTRAR'])
  })
})
