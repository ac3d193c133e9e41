import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { Jurisdiction } from '../domain/jurisdiction.js'
import { type LearningPathway, type PathwayStep, totalEcts } from '../domain/learning-pathway.js'
import { pickText } from '../domain/localised-text.js'
import { membersInvolved } from '../domain/members-involved.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import { followPathway } from '../domain/pathways/follow-pathway.js'
import type { Effort } from '../domain/pathways/pathway-progress.js'
import { readPageRequest } from '../store/title-page.js'
import { LearningOpportunityType } from './catalogue-entity.type.js'
import { DecimalScalar } from './decimal.scalar.js'
import { LearningPathwayFilterInput } from './filter.input.js'
import { findPathwayFacts } from './find-pathway-facts.js'
import { JurisdictionType } from './jurisdiction.type.js'
import {
  LearningPathwayConnectionType,
  LearningPathwayStepType,
  LearningPathwayType,
} from './learning-pathway.type.js'
import { LocalisedString, toLocalisedStrings } from './localised-string.type.js'
import { MicroCredentialType } from './micro-credential.type.js'
import { PageArgs } from './page.args.js'
import { type Connection, toConnection } from './page-info.type.js'
import { PathwayEffortType } from './pathway-effort.type.js'
import { readOffers } from './read-offers.js'
import { OfferInput } from './recommendation.type.js'
import type { RequestContext } from './request-context.js'

/** Learning pathways and their edges. */
@Resolver(() => LearningPathwayType)
export class LearningPathwayResolver {
  @Query(() => LearningPathwayConnectionType, {
    description: 'Learning pathways by English title.',
  })
  async learningPathways(
    @Ctx() { store }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => LearningPathwayFilterInput, { nullable: true, description: 'Which ones.' })
    filter?: LearningPathwayFilterInput | null,
  ): Promise<Connection<LearningPathway>> {
    return toConnection(await store.pagePathways(filter ?? {}, readPageRequest(page)))
  }

  @Query(() => LearningPathwayType, { nullable: true, description: 'One learning pathway.' })
  learningPathway(
    @Arg('id', () => ID, { description: 'Hub id, `alliance:pathway:key`.' }) id: string,
    @Ctx() { load }: RequestContext,
  ): Promise<LearningPathway | null> {
    return load.pathway(id)
  }

  @FieldResolver(() => String, { description: 'Title, in English unless another is there.' })
  title(
    @Root() pathway: LearningPathway,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string {
    return pickText(pathway.titles, language)
  }

  @FieldResolver(() => [LocalisedString], { description: 'Title in every language we have.' })
  titles(@Root() pathway: LearningPathway): LocalisedString[] {
    return toLocalisedStrings(pathway.titles)
  }

  @FieldResolver(() => String, {
    description: 'What it leads to, in English unless another is there.',
  })
  description(
    @Root() pathway: LearningPathway,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string {
    return pickText(pathway.descriptions, language)
  }

  @FieldResolver(() => DecimalScalar, {
    description: 'ECTS credits of the required steps together: what it takes at least.',
  })
  totalEcts(@Root() pathway: LearningPathway): string {
    return totalEcts(pathway)
  }

  @FieldResolver(() => PathwayEffortType, {
    description:
      'Hours and costs of the required steps, from the least to the most that choices take.',
  })
  async effort(
    @Root() pathway: LearningPathway,
    @Ctx() context: RequestContext,
    @Arg('offers', () => [OfferInput], {
      nullable: true,
      description: 'Runs of its opportunities, for costs and stated hours; at most 200.',
    })
    given?: OfferInput[] | null,
  ): Promise<Effort> {
    const offers = await readOffers(given ?? [], context)
    const facts = await findPathwayFacts(context, pathway, { awards: [], offers })
    return followPathway(pathway, facts).total
  }

  @FieldResolver(() => [String], { description: 'Slugs of the members involved, sorted.' })
  members(@Root() pathway: LearningPathway): readonly string[] {
    return membersInvolved(pathway)
  }

  @FieldResolver(() => [JurisdictionType], {
    description: 'Jurisdictions of the members involved, as far as they are described.',
  })
  async jurisdictions(
    @Root() pathway: LearningPathway,
    @Ctx() { load, memberJurisdictions }: RequestContext,
  ): Promise<readonly Jurisdiction[]> {
    const codes = membersInvolved(pathway).flatMap(
      (member) => memberJurisdictions.get(member) ?? [],
    )
    const found = await Promise.all(
      [...new Set(codes)].sort().map((code) => load.jurisdiction(code)),
    )
    return found.filter((jurisdiction) => jurisdiction !== null)
  }
}

/** Steps and what they ask for. */
@Resolver(() => LearningPathwayStepType)
export class LearningPathwayStepResolver {
  @FieldResolver(() => String, { description: 'Title, in English unless another is there.' })
  title(
    @Root() step: PathwayStep,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string {
    return pickText(step.titles, language)
  }

  // Items are nullable: while one member is down, its item is null and the pathway stays.
  @FieldResolver(() => [LearningOpportunityType], {
    nullable: 'items',
    description: 'What to choose from; an item is null while its member cannot be asked.',
  })
  opportunities(@Root() step: PathwayStep): LearningOpportunityType[] {
    return step.opportunityIds.map((id) => ({ id }))
  }

  @FieldResolver(() => [MicroCredentialType], {
    description: 'The micro-credentials that these opportunities lead to.',
  })
  async microCredentials(
    @Root() step: PathwayStep,
    @Ctx() { load }: RequestContext,
  ): Promise<readonly MicroCredential[]> {
    const found = await Promise.all(
      step.opportunityIds.map((id) => load.microCredentialByOpportunity(id)),
    )
    return found.filter((credential) => credential !== null)
  }
}
