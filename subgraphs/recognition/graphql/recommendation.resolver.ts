import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql'
import type { Learner } from '../store/learner.store.js'
import { LearningOpportunityType } from './catalogue-entity.type.js'
import { LearnerType } from './learner.type.js'
import { rankOffers } from './rank-offers.js'
import { LearnerWishesInput, OfferInput, RecommendationType } from './recommendation.type.js'
import type { RequestContext } from './request-context.js'

/** What to take next. */
@Resolver(() => LearnerType)
export class RecommendNextResolver {
  @FieldResolver(() => [RecommendationType], {
    description:
      'Ranks offerings by how much closer they bring the learner to a stacked credential or along a pathway.',
  })
  recommendNext(
    @Root() learner: Learner,
    @Ctx() context: RequestContext,
    @Arg('towards', () => ID, { description: 'Hub id of a stacked credential or a pathway.' })
    towards: string,
    @Arg('offers', () => [OfferInput], { description: 'Offerings to rank, at most 200.' })
    offers: OfferInput[],
    @Arg('wishes', () => LearnerWishesInput, { nullable: true, description: 'What is preferred.' })
    wishes?: LearnerWishesInput | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 0–100; default 20.' })
    first?: number | null,
  ): Promise<readonly RecommendationType[]> {
    return rankOffers(context, learner, {
      towards,
      offers,
      wishes: wishes ?? {},
      first: first ?? 20,
    })
  }
}

/** Edges of a recommendation. */
@Resolver(() => RecommendationType)
export class RecommendationResolver {
  @FieldResolver(() => LearningOpportunityType, {
    nullable: true,
    description: 'What to take; null only while its member cannot be asked.',
  })
  opportunity(
    @Root() { opportunityId: id }: RecommendationType & { readonly opportunityId: string },
  ): LearningOpportunityType {
    return { id }
  }
}
