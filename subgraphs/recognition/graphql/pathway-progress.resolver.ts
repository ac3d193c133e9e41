import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { LearningPathway, PathwayStep } from '../domain/learning-pathway.js'
import type { Enrolment } from '../store/enrolment.store.js'
import { LearningPathwayStepType, LearningPathwayType } from './learning-pathway.type.js'
import { PathwayProgressType } from './pathway-progress.type.js'
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
    @Root() { pathwayId, completedSteps, state }: Enrolment,
    @Ctx() { load }: RequestContext,
  ): Promise<readonly PathwayStep[]> {
    const pathway = state === 'ENROLLED' ? await load.pathway(pathwayId) : null
    const open = pathway?.steps.filter(({ position }) => !completedSteps.includes(position)) ?? []
    return pathway?.type === 'RIGID' ? open.slice(0, 1) : open
  }
}
