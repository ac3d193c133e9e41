import { HubError, type OfferingId, type OpportunityId } from '../../../schema/index.js'
import type { Offer } from '../domain/pathways/offer.js'
import type { OfferInput } from './recommendation.type.js'
import type { RequestContext } from './request-context.js'

const mostOffers = 200

/**
 * Offerings as a client has them from the catalogue, with the credits that their micro-credentials are worth here.
 *
 * @throws HubError `QUERY_TOO_LARGE`.
 */
export async function readOffers(
  offers: readonly OfferInput[],
  { load }: Pick<RequestContext, 'load'>,
): Promise<readonly Offer[]> {
  if (offers.length > mostOffers) {
    throw new HubError('QUERY_TOO_LARGE', {
      message: `offers has ${offers.length} entries, at most ${mostOffers}`,
    })
  }
  return Promise.all(
    offers.map(async (offer) => {
      const credential = await load.microCredentialByOpportunity(offer.opportunityId)
      return toOffer(offer, credential?.ects ?? '0')
    }),
  )
}

function toOffer(offer: OfferInput, ects: string): Offer {
  return {
    offeringId: offer.offeringId as OfferingId,
    opportunityId: offer.opportunityId as OpportunityId,
    ects,
    workloadHours: offer.workloadHours ?? null,
    startsOn: offer.startsOn ?? null,
    endsOn: offer.endsOn ?? null,
    isActive: true,
    applyFrom: offer.applyFrom ?? null,
    applyUntil: offer.applyUntil ?? null,
    languages: offer.languages ?? [],
    mode: offer.mode ?? null,
    city: offer.city ?? null,
    countryCode: offer.countryCode ?? null,
    price: offer.price ?? null,
  }
}
