import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { ownerOf } from '../../../schema/index.js'
import type { Jurisdiction } from '../domain/jurisdiction.js'
import type { LearningPathway } from '../domain/learning-pathway.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import { InstitutionType, LearningOpportunityType } from './catalogue-entity.type.js'
import { JurisdictionType } from './jurisdiction.type.js'
import { LearningPathwayConnectionType } from './learning-pathway.type.js'
import { MicroCredentialType } from './micro-credential.type.js'
import { PageArgs } from './page.args.js'
import { type Connection, toConnection } from './page-info.type.js'
import type { RequestContext } from './request-context.js'

/** What recognition adds to a learning opportunity. Ids it has never heard of are answered, too: with nothing. */
@Resolver(() => LearningOpportunityType)
export class LearningOpportunityResolver {
  @FieldResolver(() => MicroCredentialType, {
    nullable: true,
    description: 'The micro-credential it leads to; null when there is none.',
  })
  microCredential(
    @Root() opportunity: LearningOpportunityType,
    @Ctx() { load }: RequestContext,
  ): Promise<MicroCredential | null> {
    return load.microCredentialByOpportunity(opportunity.id)
  }

  @FieldResolver(() => LearningPathwayConnectionType, {
    description: 'The pathways it counts towards, by title.',
  })
  async pathways(
    @Root() opportunity: LearningOpportunityType,
    @Ctx() { load }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<LearningPathway>> {
    return toConnection(await load.pathwaysByOpportunity(opportunity.id, page))
  }
}

/** What recognition adds to an institution. */
@Resolver(() => InstitutionType)
export class InstitutionResolver {
  @FieldResolver(() => JurisdictionType, {
    nullable: true,
    description:
      'The rules that hold for its credits; null when its jurisdiction is not described yet.',
  })
  async jurisdiction(
    @Root() institution: InstitutionType,
    @Ctx() { load, memberJurisdictions }: RequestContext,
  ): Promise<Jurisdiction | null> {
    const code = memberJurisdictions.get(ownerOf(institution.id) ?? '')
    return code === undefined ? null : load.jurisdiction(code)
  }
}
