import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Award } from '../domain/award.js'
import { explainTransition, type StackTransition } from '../domain/stack-transition.js'
import type { StackedCredential, StackState } from '../domain/stacked-credential.js'
import type { RequirementResult, StackDecision } from '../domain/stacking/stack-evaluation.js'
import { pageOfList } from '../store/list-page.js'
import { AwardType } from './award.type.js'
import { DecimalScalar } from './decimal.scalar.js'
import { PageArgs } from './page.args.js'
import { type Connection, toConnection } from './page-info.type.js'
import type { RequestContext } from './request-context.js'
import {
  ExcludedAwardType,
  StackChangeConnectionType,
  StackChangeType,
  StackDifferenceType,
  StackedCredentialProgressType,
  StackRequirementType,
} from './stack-progress.type.js'
import { StackedCredentialType } from './stacked-credential.type.js'
import { toStackDifference } from './to-stack-difference.js'

/** What a learner's state towards a stacked credential says, and how it came about. */
@Resolver(() => StackedCredentialProgressType)
export class StackedCredentialProgressResolver {
  @FieldResolver(() => StackedCredentialType, { description: 'What it is about.' })
  async stackedCredential(
    @Root() { stackedCredentialId }: StackState,
    @Ctx() { records }: RequestContext,
  ): Promise<StackedCredential | null> {
    return records.stackedCredential(stackedCredentialId)
  }

  @FieldResolver(() => DecimalScalar, { description: 'ECTS credits of the awards that count.' })
  ectsCounted(@Root() state: StackState): string {
    return decisionOf(state)?.ectsCounted ?? '0'
  }

  @FieldResolver(() => [StackRequirementType], {
    description: 'Every requirement of the rule, in its order; empty when undecided.',
  })
  requirements(@Root() state: StackState): readonly RequirementResult[] {
    return decisionOf(state)?.requirements ?? []
  }

  @FieldResolver(() => [AwardType], { description: 'The awards that count.' })
  async countingAwards(
    @Root() state: StackState,
    @Ctx() { records }: RequestContext,
  ): Promise<readonly Award[]> {
    const counting = new Set(decisionOf(state)?.uses.map(({ awardId }) => awardId))
    return (await records.awardsOf(state.learnerId)).filter(({ id }) => counting.has(id))
  }

  @FieldResolver(() => [ExcludedAwardType], { description: 'The awards that do not, and why.' })
  excludedAwards(@Root() state: StackState): readonly ExcludedAwardType[] {
    const excluded = decisionOf(state)?.excluded ?? []
    return excluded.map(({ awardId, reasons }) => ({
      awardId,
      reasons: reasons.map(({ code }) => code),
    }))
  }

  @FieldResolver(() => StackChangeConnectionType, {
    description: 'Every change of it with its cause, newest first.',
  })
  async history(
    @Root() { learnerId, stackedCredentialId }: StackState,
    @Ctx() { records }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<StackTransition>> {
    const changes = (await records.stackTransitionsOf(learnerId)).filter(
      (change) => change.stackedCredentialId === stackedCredentialId,
    )
    return toConnection(
      pageOfList('STACK_HISTORY', changes, (change) => String(change.stateVersion), page),
    )
  }
}

/** Why a stack changed. */
@Resolver(() => StackChangeType)
export class StackChangeResolver {
  @FieldResolver(() => String, {
    description:
      'What led to it: the kind of event, e.g. `award.revoked`, or `rule.published`, or `date.reached`.',
  })
  causeKind(@Root() { cause }: StackTransition): string {
    switch (cause.kind) {
      case 'EVENT':
        return cause.eventKind
      case 'RULE':
        return 'rule.published'
      case 'DATE':
        return 'date.reached'
    }
  }

  @FieldResolver(() => AwardType, {
    nullable: true,
    description: 'The award that led to it; null when a rule or a date did.',
  })
  async causeAward(
    @Root() { cause, learnerId }: StackTransition,
    @Ctx() { records }: RequestContext,
  ): Promise<Award | null> {
    if (cause.kind !== 'EVENT') return null
    const awards = await records.awardsOf(learnerId)
    return awards.find(({ id }) => id === cause.awardId) ?? null
  }

  @FieldResolver(() => [StackDifferenceType], { description: 'In which points it changed.' })
  differences(@Root() { changes }: StackTransition): readonly StackDifferenceType[] {
    return changes.map(toStackDifference)
  }

  @FieldResolver(() => [String], {
    description: 'Cause and change in English sentences.',
  })
  sentences(@Root() transition: StackTransition): readonly string[] {
    return explainTransition(transition)
  }
}

function decisionOf({ evaluation }: StackState): StackDecision | null {
  return evaluation.kind === 'DECIDED' ? evaluation : null
}
