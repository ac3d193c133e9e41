import { Arg, FieldResolver, Resolver, Root } from 'type-graphql'
import { pickText } from '../domain/localised-text.js'
import type { LearningOutcome, OutcomeSkill } from '../domain/micro-credential.js'
import { MicroCredentialOutcomeType, OutcomeSkillType } from './micro-credential-part.type.js'

/** Titles of learning outcomes. */
@Resolver(() => MicroCredentialOutcomeType)
export class MicroCredentialOutcomeResolver {
  @FieldResolver(() => String, { description: 'The outcome, in English unless another is there.' })
  title(
    @Root() outcome: LearningOutcome,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string {
    return pickText(outcome.titles, language)
  }
}

/** Titles of skills. */
@Resolver(() => OutcomeSkillType)
export class OutcomeSkillResolver {
  @FieldResolver(() => String, { description: 'The skill, in English unless another is there.' })
  title(
    @Root() skill: OutcomeSkill,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string {
    return pickText(skill.titles, language)
  }
}
