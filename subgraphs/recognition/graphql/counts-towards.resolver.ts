import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { pageOfList } from '../store/list-page.js'
import { LearningOpportunityType } from './catalogue-entity.type.js'
import { CountsTowardsConnectionType, CountsTowardsType } from './counts-towards.type.js'
import { type CountsTowards, findCountsTowards } from './find-counts-towards.js'
import { LearningPathwayType } from './learning-pathway.type.js'
import { PageArgs } from './page.args.js'
import { type Connection, toConnection } from './page-info.type.js'
import type { RequestContext } from './request-context.js'
import { StackedCredentialType } from './stacked-credential.type.js'

/** What an opportunity of any member counts towards. */
@Resolver(() => LearningOpportunityType)
export class OpportunityCountsTowardsResolver {
  @FieldResolver(() => CountsTowardsConnectionType, {
    description: 'The stacked credentials and learning pathways it counts towards.',
  })
  async countsTowards(
    @Root() { id }: LearningOpportunityType,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<CountsTowards>> {
    const found = await findCountsTowards(id, context)
    return toConnection(pageOfList('COUNTS_TOWARDS', found, ({ key }) => key, page))
  }
}

/** Which of the two it is. */
@Resolver(() => CountsTowardsType)
export class CountsTowardsResolver {
  @FieldResolver(() => StackedCredentialType, {
    nullable: true,
    description: 'The stacked credential; null when it is a pathway.',
  })
  stackedCredential(@Root() { stackedCredential }: CountsTowards): object | null {
    return stackedCredential
  }

  @FieldResolver(() => LearningPathwayType, {
    nullable: true,
    description: 'The pathway; null when it is a stacked credential.',
  })
  pathway(@Root() { pathway }: CountsTowards): object | null {
    return pathway
  }
}
