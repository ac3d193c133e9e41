import { Arg, FieldResolver, Resolver, Root } from 'type-graphql'
import { pickText } from '../domain/localised-text.js'
import type { PassportSkill } from '../domain/passport/competence-passport.js'
import { PassportSkillType } from './competence-passport.type.js'

/** Titles of skills on a passport. */
@Resolver(() => PassportSkillType)
export class PassportSkillResolver {
  @FieldResolver(() => String, { description: 'The skill, in English unless another is there.' })
  title(
    @Root() { titles }: PassportSkill,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string {
    return pickText(titles, language)
  }
}
