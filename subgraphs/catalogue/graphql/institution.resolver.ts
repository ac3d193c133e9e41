import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Institution as InstitutionView } from '../domain/catalogue-view.js'
import { pickText } from '../domain/pick-text.js'
import type { CatalogueContext } from './catalogue-context.js'
import { Institution } from './institution.type.js'
import { LocalisedString, languageArgument, toLocalisedStrings } from './localised-string.type.js'

/** The names of an institution. */
@Resolver(() => Institution)
export class InstitutionResolver {
  @FieldResolver(() => String, { description: 'Official name (OEAPI: name; ELM: legalName).' })
  name(
    @Root() institution: InstitutionView,
    @Arg('language', () => String, { nullable: true, description: languageArgument })
    language: string | null,
    @Ctx() { member }: CatalogueContext,
  ): string {
    return pickText(institution.names, language, member.languages) ?? institution.slug
  }

  @FieldResolver(() => [LocalisedString], { description: 'Official names in all languages.' })
  names(@Root() institution: InstitutionView): LocalisedString[] {
    return toLocalisedStrings(institution.names)
  }
}
