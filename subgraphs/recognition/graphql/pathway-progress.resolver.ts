import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { LearningPathway, PathwayStep } from '../domain/learning-pathway.js'
import { followPathway } from '../domain/pathways/follow-pathway.js'
import type { Alternative, PathwayProgress } from '../domain/pathways/pathway-progress.js'
import type { Enrolment } from '../store/enrolment.store.js'
import { CourseOfferingType, LearningOpportunityType } from './catalogue-entity.type.js'
import { findPathwayFacts } from './find-pathway-facts.js'
import { LearningPathwayStepType, LearningPathwayType } from './learning-pathway.type.js'
import { PathwayAlternativeType, PathwayStandingType } from './pathway-effort.type.js'
import { PathwayProgressType } from './pathway-progress.type.js'
import { readOffers } from './read-offers.js'
import { OfferInput } from './recommendation.type.js'
import type { RequestContext } from './request-context.js'

/** Edges of a learner's way through a pathway. */
@Resolver(() => PathwayProgressType)
export class PathwayProgressResolver {
  @FieldResolver(() => LearningPathwayType, {
    nullable: true,
    description: 'The pathway; null when it is no longer published.',
  })
  pathway(
    @Root() { pathwayId }: Enrolment,
    @Ctx() { load }: RequestContext,
  ): Promise<LearningPathway | null> {
    return load.pathway(pathwayId)
  }

  @FieldResolver(() => [LearningPathwayStepType], {
    description: 'Steps that may be taken now: in a rigid pathway the first open one only.',
  })
  async nextSteps(
    @Root() enrolment: Enrolment,
    @Ctx() context: RequestContext,
  ): Promise<readonly PathwayStep[]> {
    const pathway = await context.load.pathway(enrolment.pathwayId)
    if (!pathway || enrolment.state !== 'ENROLLED') return []
    const standing = await standingOf(context, pathway, enrolment, [])
    return pathway.steps.filter(({ position }) => standing.nextSteps.includes(position))
  }

  @FieldResolver(() => PathwayStandingType, {
    nullable: true,
    description:
      'Each step with what it still takes, and hours and costs left; null when the pathway is no longer published.',
  })
  async standing(
    @Root() enrolment: Enrolment,
    @Ctx() context: RequestContext,
    @Arg('offers', () => [OfferInput], {
      nullable: true,
      description: 'Runs of its opportunities, for costs and open runs; at most 200.',
    })
    offers?: OfferInput[] | null,
  ): Promise<PathwayProgress | null> {
    const pathway = await context.load.pathway(enrolment.pathwayId)
    return pathway && standingOf(context, pathway, enrolment, offers ?? [])
  }
}

/** Edges of a choice within a step. */
@Resolver(() => PathwayAlternativeType)
export class PathwayAlternativeResolver {
  @FieldResolver(() => LearningOpportunityType, {
    nullable: true,
    description: 'What to take; null only while its member cannot be asked.',
  })
  opportunity(@Root() { opportunityId: id }: Alternative): LearningOpportunityType {
    return { id }
  }

  @FieldResolver(() => [LearningOpportunityType], {
    nullable: 'items',
    description: 'What has to be completed before it.',
  })
  prerequisites(@Root() { prerequisites }: Alternative): readonly LearningOpportunityType[] {
    return prerequisites.map((id) => ({ id }))
  }

  @FieldResolver(() => [CourseOfferingType], {
    nullable: 'items',
    description: 'Of the runs given, those one can apply for now, first to start first.',
  })
  openOfferings(@Root() { openOfferings }: Alternative): readonly CourseOfferingType[] {
    return openOfferings.map((id) => ({ id }))
  }
}

async function standingOf(
  context: RequestContext,
  pathway: LearningPathway,
  { learnerId }: Enrolment,
  given: readonly OfferInput[],
): Promise<PathwayProgress> {
  const awards = await context.records.awardsOf(learnerId)
  const offers = await readOffers(given, context)
  return followPathway(pathway, await findPathwayFacts(context, pathway, { awards, offers }))
}
