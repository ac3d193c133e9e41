import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { Jurisdiction } from '../domain/jurisdiction.js'
import type { LearningPathway } from '../domain/learning-pathway.js'
import { pickText } from '../domain/localised-text.js'
import type { IssuingBody, LearningOutcome, MicroCredential } from '../domain/micro-credential.js'
import { checkSize, type SizeCheck } from '../domain/size-rule.js'
import { readPageRequest } from '../store/title-page.js'
import { InstitutionType, LearningOpportunityType } from './catalogue-entity.type.js'
import { MicroCredentialFilterInput } from './filter.input.js'
import { JurisdictionType } from './jurisdiction.type.js'
import { LearningPathwayConnectionType } from './learning-pathway.type.js'
import { LocalisedString, toLocalisedStrings } from './localised-string.type.js'
import { MicroCredentialConnectionType, MicroCredentialType } from './micro-credential.type.js'
import {
  IssuingBodyType,
  MicroCredentialOutcomeType,
  SizeCheckType,
} from './micro-credential-part.type.js'
import { PageArgs } from './page.args.js'
import { type Connection, toConnection } from './page-info.type.js'
import type { RequestContext } from './request-context.js'

/** Micro-credential definitions and their edges. */
@Resolver(() => MicroCredentialType)
export class MicroCredentialResolver {
  @Query(() => MicroCredentialConnectionType, {
    description: 'Micro-credential definitions by English title.',
  })
  async microCredentials(
    @Ctx() { store }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => MicroCredentialFilterInput, { nullable: true, description: 'Which ones.' })
    filter?: MicroCredentialFilterInput | null,
  ): Promise<Connection<MicroCredential>> {
    return toConnection(await store.pageMicroCredentials(filter ?? {}, readPageRequest(page)))
  }

  @Query(() => MicroCredentialType, { nullable: true, description: 'One micro-credential.' })
  microCredential(
    @Arg('id', () => ID, { description: 'Hub id, `alliance:microcredential:key`.' }) id: string,
    @Ctx() { load }: RequestContext,
  ): Promise<MicroCredential | null> {
    return load.microCredential(id)
  }

  @FieldResolver(() => String, { description: 'Title, in English unless another is there.' })
  title(
    @Root() credential: MicroCredential,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string {
    return pickText(credential.titles, language)
  }

  @FieldResolver(() => [LocalisedString], { description: 'Title in every language we have.' })
  titles(@Root() credential: MicroCredential): LocalisedString[] {
    return toLocalisedStrings(credential.titles)
  }

  @FieldResolver(() => String, {
    description: 'What it is about, in English unless another is there.',
  })
  description(
    @Root() credential: MicroCredential,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string {
    return pickText(credential.descriptions, language)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What one must bring to enrol; null when nothing is asked.',
  })
  prerequisites(
    @Root() credential: MicroCredential,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string | null {
    return credential.prerequisites && pickText(credential.prerequisites, language)
  }

  @FieldResolver(() => [MicroCredentialOutcomeType], { description: 'Learning outcomes.' })
  learningOutcomes(@Root() credential: MicroCredential): readonly LearningOutcome[] {
    return credential.learningOutcomes
  }

  @FieldResolver(() => InstitutionType, {
    nullable: true,
    description: 'The member that awards; null only while that member cannot be asked for details.',
  })
  awardingBody(@Root() credential: MicroCredential): InstitutionType {
    return { id: credential.awardingInstitutionId }
  }

  @FieldResolver(() => IssuingBodyType, {
    description: 'The foundation that issues and seals; never the awarding body.',
  })
  issuingBody(@Ctx() { issuingBody }: RequestContext): IssuingBody {
    return issuingBody
  }

  @FieldResolver(() => JurisdictionType, {
    nullable: true,
    description: 'The rules that hold for it; null when they are not described yet.',
  })
  jurisdiction(
    @Root() credential: MicroCredential,
    @Ctx() { load }: RequestContext,
  ): Promise<Jurisdiction | null> {
    return load.jurisdiction(credential.jurisdictionCode)
  }

  @FieldResolver(() => SizeCheckType, {
    description: 'Whether its size is one that the awarding jurisdiction allows.',
  })
  async sizeCheck(
    @Root() credential: MicroCredential,
    @Ctx() { load }: RequestContext,
  ): Promise<SizeCheck> {
    const jurisdiction = await load.jurisdiction(credential.jurisdictionCode)
    return checkSize(credential.ects, jurisdiction?.sizeRule ?? null)
  }

  @FieldResolver(() => LearningOpportunityType, {
    nullable: true,
    description: 'What a learner takes to earn it; null only while its member cannot be asked.',
  })
  opportunity(@Root() credential: MicroCredential): LearningOpportunityType {
    return { id: credential.opportunityId }
  }

  @FieldResolver(() => LearningPathwayConnectionType, {
    description: 'The pathways it counts towards, by title.',
  })
  async pathways(
    @Root() credential: MicroCredential,
    @Ctx() { load }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<LearningPathway>> {
    return toConnection(await load.pathwaysByOpportunity(credential.opportunityId, page))
  }
}
