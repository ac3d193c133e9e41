import {
  compareCodePoints,
  type EquivalenceId,
  type OpportunityId,
} from '../../../../schema/index.js'
import { type Doing, decideRequest, type RequestChange } from './change-request.js'
import type { DecisionPolicy, RecognitionRequest } from './recognition-request.js'

/**
 * What two members have agreed on beforehand: who was awarded `opportunityId` has `targetOpportunityId` recognised at
 * the recognising member (the recognition accord).
 */
export interface EquivalenceAgreement {
  readonly id: EquivalenceId
  readonly opportunityId: OpportunityId
  readonly awardingMember: string
  readonly recognisingMember: string
  /** Null: as free credits, whatever the learner wants it to count as. */
  readonly targetOpportunityId: OpportunityId | null
  /** `PROPOSED` by one, `AGREED` by both, `ENDED` for awards from then on. */
  readonly state: (typeof agreementStates)[number]
  /** ISO dates of awarding it covers, both inclusive; null: until ended. */
  readonly validFrom: string
  readonly validUntil: string | null
  /** Where it is written down, to be cited with every decision. */
  readonly citation: string
  readonly version: number
}
export const agreementStates = ['PROPOSED', 'AGREED', 'ENDED'] as const

/** The agreement that covers a request; of several, the newest, then by id. Null when none does. */
export function findAgreement(
  request: Pick<
    RecognitionRequest,
    'awardedOpportunityId' | 'awardingMember' | 'recognisingMember' | 'targetOpportunityId'
  >,
  awardedOn: string,
  agreements: readonly EquivalenceAgreement[],
): EquivalenceAgreement | null {
  const covering = agreements.filter(
    (agreement) =>
      agreement.state === 'AGREED' &&
      agreement.opportunityId === request.awardedOpportunityId &&
      agreement.awardingMember === request.awardingMember &&
      agreement.recognisingMember === request.recognisingMember &&
      agreement.targetOpportunityId === request.targetOpportunityId &&
      agreement.validFrom <= awardedOn &&
      (agreement.validUntil === null || awardedOn <= agreement.validUntil),
  )
  covering.sort((a, b) => {
    if (a.validFrom !== b.validFrom) return a.validFrom < b.validFrom ? 1 : -1
    return compareCodePoints(a.id, b.id)
  })
  return covering[0] ?? null
}

/** Decides a pending request by the agreement that covers it, which the decision cites. */
export function decideByAgreement(
  request: RecognitionRequest,
  agreement: EquivalenceAgreement,
  doing: Omit<Doing, 'by'>,
  policy: DecisionPolicy,
): RequestChange {
  const by = { kind: 'AGREEMENT', id: agreement.id } as const
  return decideRequest(request, { outcome: 'RECOGNISED' }, { ...doing, by }, policy)
}
