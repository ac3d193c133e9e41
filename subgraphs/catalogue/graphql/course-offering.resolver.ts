import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { HubError } from '../../../schema/index.js'
import { isOpenForApplication } from '../domain/application-window.js'
import type {
  Institution as InstitutionView,
  Offering,
  Opportunity,
} from '../domain/catalogue-view.js'
import { pickText } from '../domain/pick-text.js'
import type { CatalogueContext } from './catalogue-context.js'
import { CourseOffering } from './course-offering.type.js'
import { Institution } from './institution.type.js'
import { LearningOpportunity } from './learning-opportunity.type.js'
import { LocalisedString, languageArgument, toLocalisedStrings } from './localised-string.type.js'
import { AwardingBody } from './offering-parts.type.js'

/** An awarding body as resolvers hand it on. */
interface AwardingBodyView {
  readonly name: string
  readonly institution: InstitutionView | null
}

/** The texts and edges of a run. */
@Resolver(() => CourseOffering)
export class CourseOfferingResolver {
  @FieldResolver(() => String, { description: 'Title of the run, else of its opportunity.' })
  title(
    @Root() offering: Offering,
    @Arg('language', () => String, { nullable: true, description: languageArgument })
    language: string | null,
    @Ctx() { member }: CatalogueContext,
  ): string {
    return pickText(offering.title, language, member.languages) ?? offering.id
  }

  @FieldResolver(() => [LocalisedString], { description: 'Title in all languages.' })
  titles(@Root() offering: Offering): LocalisedString[] {
    return toLocalisedStrings(offering.title)
  }

  @FieldResolver(() => LearningOpportunity, { description: 'What it is a run of.' })
  async opportunity(
    @Root() offering: Offering,
    @Ctx() { loaders }: CatalogueContext,
  ): Promise<Opportunity> {
    const opportunity = await loaders.opportunity.load(offering.opportunityId)
    // Only a sync between the two reads of one request can withdraw it.
    if (opportunity === null) throw new HubError('DATABASE_UNAVAILABLE')
    return opportunity
  }

  @FieldResolver(() => Institution, { description: 'The member that offers it.' })
  institution(@Ctx() { member }: CatalogueContext): InstitutionView {
    return member.institution
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether one can apply now: active, not ended, within the application window.',
  })
  isOpenForApplication(
    @Root() offering: Offering,
    @Ctx() { now, member }: CatalogueContext,
  ): boolean {
    return isOpenForApplication(offering, now, member.timeZone)
  }

  @FieldResolver(() => AwardingBody, {
    description: 'Who awards the credits: the member itself unless it says otherwise.',
  })
  awardingBody(@Root() offering: Offering, @Ctx() { member }: CatalogueContext): AwardingBodyView {
    const { institution, languages } = member
    if (offering.awardingBody !== null) return { name: offering.awardingBody, institution: null }
    return { name: pickText(institution.names, 'en', languages) ?? institution.slug, institution }
  }
}

/** The member behind an awarding body. */
@Resolver(() => AwardingBody)
export class AwardingBodyResolver {
  @FieldResolver(() => Institution, {
    nullable: true,
    description: 'The member that awards; null when the body is not the member itself.',
  })
  institution(@Root() body: AwardingBodyView): InstitutionView | null {
    return body.institution
  }
}
