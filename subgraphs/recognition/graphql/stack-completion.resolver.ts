import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { MicroCredential } from '../domain/micro-credential.js'
import type { StackState } from '../domain/stacked-credential.js'
import type { CompletionSet } from '../domain/stacking/completion.js'
import { LearningOpportunityType } from './catalogue-entity.type.js'
import { findStackCompletions } from './find-stack-completions.js'
import { MicroCredentialType } from './micro-credential.type.js'
import type { RequestContext } from './request-context.js'
import { StackCompletionSetType, StackCompletionsType } from './stack-completion.type.js'
import { StackedCredentialProgressType } from './stack-progress.type.js'

/** What would complete a stack. */
@Resolver(() => StackedCredentialProgressType)
export class StackCompletionsResolver {
  @FieldResolver(() => StackCompletionsType, {
    description:
      'The smallest sets of opportunities that would complete it. Ask for their offerings in the same query.',
  })
  completions(
    @Root() state: StackState,
    @Ctx() context: RequestContext,
  ): Promise<StackCompletionsType> {
    return findStackCompletions(state, context)
  }
}

/** What belongs to a set. */
@Resolver(() => StackCompletionSetType)
export class StackCompletionSetResolver {
  @FieldResolver(() => [LearningOpportunityType], {
    nullable: 'items',
    description: 'What to take; an item is null while its member cannot be asked.',
  })
  opportunities(@Root() { members }: CompletionSet): LearningOpportunityType[] {
    return members.map(({ opportunityId: id }) => ({ id }))
  }

  @FieldResolver(() => [MicroCredentialType], { description: 'What is awarded for it.' })
  async microCredentials(
    @Root() { members }: CompletionSet,
    @Ctx() { load }: RequestContext,
  ): Promise<readonly MicroCredential[]> {
    const found = await Promise.all(
      members.map(({ microCredentialId }) => load.microCredential(microCredentialId)),
    )
    return found.filter((credential) => credential !== null)
  }
}
