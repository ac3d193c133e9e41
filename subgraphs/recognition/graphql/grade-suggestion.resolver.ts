import { Arg, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { Award } from '../domain/award.js'
import { chooseGradingTable } from '../domain/grades/choose-grading-table.js'
import type { GradingTable } from '../domain/grades/grading-table.js'
import {
  type GradeSuggestion,
  type SuggestionPolicy,
  suggestGrade,
} from '../domain/grades/suggest-grade.js'
import { AwardType } from './award.type.js'
import { GradeSuggestionType, SuggestionPolicyEnum } from './grade-suggestion.type.js'
import { GradingTableType } from './grading-table.type.js'
import type { RequestContext } from './request-context.js'
import { requireRole } from './require-role.js'

/** Grading tables, and the grades they suggest. */
@Resolver(() => AwardType)
export class GradeSuggestionResolver {
  @Directive('@authenticated')
  @Query(() => [GradingTableType], {
    description:
      'The grading tables of a member that hold now, by field and cycle; for registrars of that member only.',
  })
  async gradingTables(
    @Ctx() { principal, records }: RequestContext,
    @Arg('member', () => String, { description: 'Slug of the member.' }) member: string,
  ): Promise<readonly GradingTable[]> {
    requireRole(principal, 'registrar', member)
    return records.gradingTablesOf(member)
  }

  @FieldResolver(() => GradeSuggestionType, {
    description:
      'What the grade could be at another member, by the grading tables of both for the field and cycle of the award.',
  })
  async suggestedGrade(
    @Root() award: Award,
    @Ctx() { records }: RequestContext,
    @Arg('member', () => String, {
      nullable: true,
      description: 'Slug of the institution that would convert; default the learner’s home.',
    })
    member?: string | null,
    @Arg('policy', () => SuggestionPolicyEnum, {
      defaultValue: 'MEAN',
      description: 'Where in the band.',
    })
    policy: SuggestionPolicy = 'MEAN',
  ): Promise<GradeSuggestion> {
    const home = member ?? (await records.learner(award.learnerId))?.homeMember ?? null
    const from = await records.gradingTablesOf(award.awardingMember)
    const to = home === null ? [] : await records.gradingTablesOf(home)
    return suggestGrade(
      award.grade,
      chooseGradingTable(from, award),
      chooseGradingTable(to, award),
      policy,
    )
  }
}
