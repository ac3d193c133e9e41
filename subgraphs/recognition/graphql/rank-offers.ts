import { HubError, parseGlobalId } from '../../../schema/index.js'
import { followPathway } from '../domain/pathways/follow-pathway.js'
import type { Offer } from '../domain/pathways/offer.js'
import { gainOnPathway, gainTowardsStack } from '../domain/pathways/offer-gain.js'
import {
  type LearnerWishes,
  type OfferGain,
  type Recommendation,
  recommendNext,
} from '../domain/pathways/recommend-next.js'
import { compileRule } from '../domain/stacking/compile-rule.js'
import type { Learner } from '../store/learner.store.js'
import { maximumPageSize } from '../store/title-page.js'
import { findPathwayFacts } from './find-pathway-facts.js'
import { listUsedElsewhere, toCandidate } from './find-stack-completions.js'
import { readOffers } from './read-offers.js'
import type { LearnerWishesInput, OfferInput, RecommendationType } from './recommendation.type.js'
import type { RequestContext } from './request-context.js'

export interface RankRequest {
  readonly towards: string
  readonly offers: readonly OfferInput[]
  readonly wishes: LearnerWishesInput
  readonly first: number
}

/**
 * The offers that bring a learner closer to a stacked credential or along a pathway, best first.
 *
 * @throws HubError `QUERY_TOO_LARGE`, `PAGE_SIZE_INVALID`, `ID_INVALID` when `towards` is neither.
 */
export async function rankOffers(
  context: RequestContext,
  learner: Learner,
  { towards, offers, wishes, first }: RankRequest,
): Promise<readonly RecommendationType[]> {
  if (first < 0 || first > maximumPageSize) {
    throw new HubError('PAGE_SIZE_INVALID', { limit: maximumPageSize, value: first })
  }
  const date = context.now().toISOString().slice(0, 10)
  const known = await readOffers(offers, context)
  const gainOf = await createGain(context, learner, towards, known, date)
  const { ranked } = recommendNext(known, gainOf, toWishes(wishes), { date })
  return ranked.slice(0, first).map(toRecommendation)
}

async function createGain(
  context: RequestContext,
  learner: Learner,
  towards: string,
  offers: readonly Offer[],
  date: string,
): Promise<(offer: Offer) => OfferGain> {
  const { records, load } = context
  const awards = await records.awardsOf(learner.id)
  const kind = parseGlobalId(towards)?.kind
  const pathway = kind === 'pathway' ? await load.pathway(towards) : null
  if (pathway) {
    const facts = await findPathwayFacts(context, pathway, { awards, offers })
    return gainOnPathway(followPathway(pathway, facts))
  }
  const stack = kind === 'stackedcredential' ? await records.stackedCredential(towards) : null
  if (!stack) {
    throw new HubError('ID_INVALID', { message: 'towards is no stacked credential and no pathway' })
  }
  const states = await records.stackStatesOf(learner.id)
  const state = states.find(({ stackedCredentialId }) => stackedCredentialId === stack.id)
  const credentials = new Map(
    (await records.allMicroCredentials()).map((one) => [one.opportunityId, one]),
  )
  const candidateOf = ({ opportunityId, endsOn }: Offer) => {
    const credential = credentials.get(opportunityId)
    return credential ? toCandidate(credential, endsOn ?? date) : null
  }
  const usedElsewhere = state ? { usedElsewhere: listUsedElsewhere(state) } : {}
  return gainTowardsStack(compileRule(stack.rule), awards, candidateOf, { date, ...usedElsewhere })
}

function toWishes(wishes: LearnerWishesInput): LearnerWishes {
  return {
    languages: wishes.languages ?? [],
    modes: wishes.modes ?? [],
    city: wishes.city ?? null,
    countryCode: wishes.countryCode ?? null,
    budget: wishes.budget ?? null,
  }
}

function toRecommendation({ offer, score, gain, contributions }: Recommendation) {
  const { offeringId, opportunityId } = offer
  const { permille: gainPermille, serves } = gain
  return { offeringId, opportunityId, score, gainPermille, serves, contributions }
}
