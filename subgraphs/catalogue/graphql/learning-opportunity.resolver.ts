import { Arg, Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql'
import type {
  Institution as InstitutionView,
  Offering,
  Opportunity,
} from '../domain/catalogue-view.js'
import { pickText } from '../domain/pick-text.js'
import type { CatalogueContext } from './catalogue-context.js'
import { type Connection, CourseOfferingConnection, toConnection } from './connection.type.js'
import { Institution } from './institution.type.js'
import { LearningOpportunity } from './learning-opportunity.type.js'
import { LocalisedString, languageArgument, toLocalisedStrings } from './localised-string.type.js'
import { RunPageArgs } from './page.args.js'

/** The texts and edges of an opportunity. */
@Resolver(() => LearningOpportunity)
export class LearningOpportunityResolver {
  @FieldResolver(() => String, { description: 'Title (OEAPI: name; ELM: dc:title).' })
  title(
    @Root() opportunity: Opportunity,
    @Arg('language', () => String, { nullable: true, description: languageArgument })
    language: string | null,
    @Ctx() { member }: CatalogueContext,
  ): string {
    return pickText(opportunity.title, language, member.languages) ?? opportunity.id
  }

  @FieldResolver(() => [LocalisedString], { description: 'Title in all languages.' })
  titles(@Root() opportunity: Opportunity): LocalisedString[] {
    return toLocalisedStrings(opportunity.title)
  }

  @FieldResolver(() => String, { nullable: true, description: 'Description, plain text.' })
  description(
    @Root() opportunity: Opportunity,
    @Arg('language', () => String, { nullable: true, description: languageArgument })
    language: string | null,
    @Ctx() { member }: CatalogueContext,
  ): string | null {
    return pickText(opportunity.description, language, member.languages)
  }

  @FieldResolver(() => [LocalisedString], { description: 'Description in all languages.' })
  descriptions(@Root() opportunity: Opportunity): LocalisedString[] {
    return toLocalisedStrings(opportunity.description)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What one needs to enter (OEAPI: admissionRequirements; ELM: entryRequirement).',
  })
  entryRequirements(
    @Root() opportunity: Opportunity,
    @Arg('language', () => String, { nullable: true, description: languageArgument })
    language: string | null,
    @Ctx() { member }: CatalogueContext,
  ): string | null {
    return pickText(opportunity.entryRequirements, language, member.languages)
  }

  @FieldResolver(() => Institution, { description: 'The member that offers it (ELM: providedBy).' })
  institution(@Ctx() { member }: CatalogueContext): InstitutionView {
    return member.institution
  }

  @FieldResolver(() => [LearningOpportunity], {
    description: 'What it consists of (ELM: hasPart).',
  })
  async parts(
    @Root() opportunity: Opportunity,
    @Ctx() { loaders }: CatalogueContext,
  ): Promise<readonly Opportunity[]> {
    return loaders.parts.load(opportunity.id)
  }

  @FieldResolver(() => [LearningOpportunity], {
    description: 'What it is part of (ELM: isPartOf).',
  })
  async partOf(
    @Root() opportunity: Opportunity,
    @Ctx() { loaders }: CatalogueContext,
  ): Promise<Opportunity[]> {
    const wholes = await Promise.all(opportunity.partOf.map((id) => loaders.opportunity.load(id)))
    // A source may name a programme that it does not list.
    return wholes.filter((whole) => whole !== null)
  }

  @FieldResolver(() => CourseOfferingConnection, { description: 'Its runs, by start date.' })
  @Directive(
    '@listSize(assumedSize: 20, slicingArguments: ["first"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)',
  )
  async offerings(
    @Root() opportunity: Opportunity,
    @Args(() => RunPageArgs) { first = null, after = null }: RunPageArgs,
    @Ctx() { loaders }: CatalogueContext,
  ): Promise<Connection<Offering>> {
    const page = await loaders.runs({ first, after }).load(opportunity.id)
    return toConnection(page, () => loaders.countRuns.load(opportunity.id))
  }
}
