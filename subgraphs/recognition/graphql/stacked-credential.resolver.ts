import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { pickText } from '../domain/localised-text.js'
import type { StackedCredential } from '../domain/stacked-credential.js'
import type { RuleEvaluation } from '../store/rule-evaluation.store.js'
import { LocalisedString, toLocalisedStrings } from './localised-string.type.js'
import { PageArgs } from './page.args.js'
import { type Connection, toConnection } from './page-info.type.js'
import type { RequestContext } from './request-context.js'
import {
  RuleEvaluationType,
  StackedCredentialConnectionType,
  StackedCredentialType,
  StackingRuleType,
} from './stacked-credential.type.js'
import { StackedCredentialFilterInput } from './stacked-credential-filter.input.js'
import { toStackingRuleType } from './to-stacking-rule-type.js'

/** Stacked credentials, their rules in every version, and how far a new rule has been applied. */
@Resolver(() => StackedCredentialType)
export class StackedCredentialResolver {
  @Query(() => StackedCredentialConnectionType, {
    description: 'Stacked credentials by English title, each with the rule that holds now.',
  })
  async stackedCredentials(
    @Ctx() { records }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => StackedCredentialFilterInput, {
      nullable: true,
      description: 'Which ones.',
    })
    filter?: StackedCredentialFilterInput | null,
  ): Promise<Connection<StackedCredential>> {
    return toConnection(await records.pageStackedCredentials(filter ?? {}, page))
  }

  @Query(() => StackedCredentialType, { nullable: true, description: 'One stacked credential.' })
  stackedCredential(
    @Arg('id', () => ID, { description: 'Hub id, `alliance:stackedcredential:key`.' }) id: string,
    @Ctx() { records }: RequestContext,
  ): Promise<StackedCredential | null> {
    return records.stackedCredential(id)
  }

  @FieldResolver(() => String, { description: 'Title, in English unless another is there.' })
  title(
    @Root() { rule }: StackedCredential,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string {
    return pickText(rule.titles, language)
  }

  @FieldResolver(() => [LocalisedString], { description: 'Title in every language we have.' })
  titles(@Root() { rule }: StackedCredential): LocalisedString[] {
    return toLocalisedStrings(rule.titles)
  }

  @FieldResolver(() => String, {
    description: 'What it stands for, in English unless another is there.',
  })
  description(
    @Root() { descriptions }: StackedCredential,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string {
    return pickText(descriptions, language)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Slug of the member that awards the whole; null when the alliance does.',
  })
  awardingMember(@Root() { awardingMember }: StackedCredential): string | null {
    return awardingMember
  }

  @FieldResolver(() => StackingRuleType, { description: 'The rule that holds now.' })
  rule(@Root() { rule }: StackedCredential): StackingRuleType {
    return toStackingRuleType(rule)
  }

  @FieldResolver(() => [StackingRuleType], {
    description: 'Every published version of the rule, oldest first.',
  })
  async ruleVersions(
    @Root() { id }: StackedCredential,
    @Ctx() { records }: RequestContext,
  ): Promise<readonly StackingRuleType[]> {
    const versions = await records.stackedCredentialVersions(id)
    return versions.map(({ rule }) => toStackingRuleType(rule))
  }

  @FieldResolver(() => RuleEvaluationType, {
    nullable: true,
    description: 'How far learners were looked at again for its latest rule; null when never.',
  })
  ruleEvaluation(
    @Root() { id }: StackedCredential,
    @Ctx() { records }: RequestContext,
  ): Promise<RuleEvaluation | null> {
    return records.ruleEvaluation(id)
  }
}
