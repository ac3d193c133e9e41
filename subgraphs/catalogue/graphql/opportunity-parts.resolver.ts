import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { AssessmentRecord, LearningOutcomeRecord } from '../domain/catalogue-record.js'
import { pickText } from '../domain/pick-text.js'
import type { CatalogueContext } from './catalogue-context.js'
import { LocalisedString, languageArgument, toLocalisedStrings } from './localised-string.type.js'
import { Assessment, LearningOutcome, Skill } from './opportunity-parts.type.js'

/** The texts of a learning outcome. */
@Resolver(() => LearningOutcome)
export class LearningOutcomeResolver {
  @FieldResolver(() => String, { nullable: true, description: 'The outcome in words.' })
  title(
    @Root() outcome: LearningOutcomeRecord,
    @Arg('language', () => String, { nullable: true, description: languageArgument })
    language: string | null,
    @Ctx() { member }: CatalogueContext,
  ): string | null {
    return pickText(outcome.title, language, member.languages)
  }

  @FieldResolver(() => [LocalisedString], { description: 'The outcome in all languages.' })
  translations(@Root() outcome: LearningOutcomeRecord): LocalisedString[] {
    return toLocalisedStrings(outcome.title)
  }
}

/** The name of a skill. */
@Resolver(() => Skill)
export class SkillResolver {
  @FieldResolver(() => String, { nullable: true, description: 'Name of the skill.' })
  title(
    @Root() skill: LearningOutcomeRecord['skills'][number],
    @Arg('language', () => String, { nullable: true, description: languageArgument })
    language: string | null,
    @Ctx() { member }: CatalogueContext,
  ): string | null {
    return pickText(skill.title, language, member.languages)
  }
}

/** The description of an assessment. */
@Resolver(() => Assessment)
export class AssessmentResolver {
  @FieldResolver(() => String, { nullable: true, description: 'The assessment in words.' })
  description(
    @Root() assessment: AssessmentRecord,
    @Arg('language', () => String, { nullable: true, description: languageArgument })
    language: string | null,
    @Ctx() { member }: CatalogueContext,
  ): string | null {
    return pickText(assessment.description, language, member.languages)
  }
}
