import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { reinstateAward, revokeAward, suspendAward } from '../commands/change-award-status.js'
import { makeAward } from '../commands/make-award.js'
import { supersedeAward } from '../commands/supersede-award.js'
import {
  AwardPayloadType,
  ChangeAwardMutationInput,
  MakeAwardMutationInput,
  SupersedeAwardMutationInput,
} from './award.input.js'
import type { RequestContext } from './request-context.js'
import { runMutation } from './run-mutation.js'
import { toPayload } from './user-error.type.js'

const inputDescription = 'What to do.'

/** What registrars do to awards of their own member. */
@Resolver()
export class AwardMutations {
  @Directive('@authenticated')
  @Mutation(() => AwardPayloadType, {
    description: 'Awards a micro-credential; for registrars of the awarding member.',
  })
  async makeAward(
    @Arg('input', () => MakeAwardMutationInput, { description: inputDescription })
    input: MakeAwardMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<AwardPayloadType> {
    const run = (...[unit, given]: Parameters<typeof makeAward>) => makeAward(unit, given)
    return toPayload('award', await runMutation(context, 'makeAward', input, run))
  }

  @Directive('@authenticated')
  @Mutation(() => AwardPayloadType, {
    description: 'Takes an award back for good; dependent stacks are looked at again.',
  })
  async revokeAward(
    @Arg('input', () => ChangeAwardMutationInput, { description: inputDescription })
    input: ChangeAwardMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<AwardPayloadType> {
    return toPayload('award', await runMutation(context, 'revokeAward', input, revokeAward))
  }

  @Directive('@authenticated')
  @Mutation(() => AwardPayloadType, {
    description: 'Lets an award under review not count until it is reinstated.',
  })
  async suspendAward(
    @Arg('input', () => ChangeAwardMutationInput, { description: inputDescription })
    input: ChangeAwardMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<AwardPayloadType> {
    return toPayload('award', await runMutation(context, 'suspendAward', input, suspendAward))
  }

  @Directive('@authenticated')
  @Mutation(() => AwardPayloadType, { description: 'Lets a suspended award count again.' })
  async reinstateAward(
    @Arg('input', () => ChangeAwardMutationInput, { description: inputDescription })
    input: ChangeAwardMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<AwardPayloadType> {
    return toPayload('award', await runMutation(context, 'reinstateAward', input, reinstateAward))
  }

  @Directive('@authenticated')
  @Mutation(() => AwardPayloadType, {
    description: 'Corrects an award: another takes its place, and it stays readable.',
  })
  async supersedeAward(
    @Arg('input', () => SupersedeAwardMutationInput, { description: inputDescription })
    input: SupersedeAwardMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<AwardPayloadType> {
    return toPayload('award', await runMutation(context, 'supersedeAward', input, supersedeAward))
  }
}
