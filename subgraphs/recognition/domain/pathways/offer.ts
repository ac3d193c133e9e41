import type { OfferingId, OpportunityId } from '../../../../schema/index.js'
import type { DecimalText } from '../decimal.js'
import type { ParticipationMode } from '../micro-credential.js'

/** A dated run of an opportunity as the catalogue knows it; dates are ISO dates. */
export interface Offer {
  readonly offeringId: OfferingId
  readonly opportunityId: OpportunityId
  readonly ects: DecimalText
  /** Null where the member does not say. */
  readonly workloadHours: number | null
  /** Null: can be started at any time. */
  readonly startsOn: string | null
  readonly endsOn: string | null
  readonly isActive: boolean
  /** Either end may be open. */
  readonly applyFrom: string | null
  readonly applyUntil: string | null
  /** BCP 47. */
  readonly languages: readonly string[]
  readonly mode: ParticipationMode | null
  readonly city: string | null
  readonly countryCode: string | null
  readonly price: { readonly amount: DecimalText; readonly currency: string } | null
}

export type Openness = 'OPEN' | 'NOT_ACTIVE' | 'NOT_YET_OPEN' | 'CLOSED' | 'ENDED'

/** Whether one can apply on an ISO date. */
export function opennessOf(offer: Offer, date: string): Openness {
  if (!offer.isActive) return 'NOT_ACTIVE'
  if (offer.endsOn !== null && offer.endsOn < date) return 'ENDED'
  if (offer.applyFrom !== null && date < offer.applyFrom) return 'NOT_YET_OPEN'
  return offer.applyUntil !== null && offer.applyUntil < date ? 'CLOSED' : 'OPEN'
}

/** Open ones first to start, those for any time at the front. */
export function compareStarts(a: Offer, b: Offer): number {
  const [left, right] = [a.startsOn ?? '', b.startsOn ?? '']
  if (left !== right) return left < right ? -1 : 1
  return a.offeringId < b.offeringId ? -1 : a.offeringId > b.offeringId ? 1 : 0
}
