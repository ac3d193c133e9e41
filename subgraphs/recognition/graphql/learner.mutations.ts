import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql'
import { enrol, withdraw } from '../commands/enrol.js'
import { publishRule } from '../commands/publish-rule.js'
import { createShareToken, sharePassport, stopSharing } from '../commands/share-passport.js'
import type { PassportPart } from '../store/share-link.store.js'
import { KeyedInput } from './keyed.input.js'
import { PathwayProgressType } from './pathway-progress.type.js'
import type { RequestContext } from './request-context.js'
import { runMutation } from './run-mutation.js'
import { PassportPartEnum, ShareLinkType } from './share-link.type.js'
import { StackedCredentialType } from './stacked-credential.type.js'
import { toPayload, UserErrorType } from './user-error.type.js'

const description = 'What to do.'

/** Input of `enrolInPathway`. */
@InputType('EnrolInPathwayInput', { description: 'Sets out on a pathway.' })
export class EnrolInPathwayInput extends KeyedInput {
  @Field(() => ID, { description: 'Hub id of the pathway.' })
  readonly pathwayId!: string
}

/** Input of `withdrawFromPathway`. */
@InputType('WithdrawFromPathwayInput', { description: 'Leaves a pathway.' })
export class WithdrawFromPathwayInput extends EnrolInPathwayInput {
  @Field(() => Int, { description: 'The version you saw; refused when it is another by now.' })
  readonly expectedVersion!: number
}

/** Payload of the mutations on pathways. */
@ObjectType('PathwayProgressPayload', { description: 'Where you are, or every reason why not.' })
export class PathwayProgressPayloadType {
  @Field(() => PathwayProgressType, {
    nullable: true,
    description: 'Null when there are user errors.',
  })
  readonly progress!: PathwayProgressType | null

  @Field(() => [UserErrorType], { description: 'All faults at once; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}

/** Input of `sharePassport`. */
@InputType('SharePassportInput', { description: 'Consents to show the passport by a link.' })
export class SharePassportMutationInput extends KeyedInput {
  @Field(() => String, { nullable: true, description: 'Your own note; nobody else sees it.' })
  readonly label?: string | null

  @Field(() => [PassportPartEnum], {
    nullable: true,
    description: 'What the link shows; default everything.',
  })
  readonly parts?: PassportPart[] | null

  @Field(() => Int, { description: 'For how many days, 1–365.' })
  readonly validDays!: number
}

/** Input of `stopSharingPassport`. */
@InputType('StopSharingPassportInput', { description: 'Withdraws consent.' })
export class StopSharingPassportInput extends KeyedInput {
  @Field(() => ID, { description: 'Id of the link.' })
  readonly linkId!: string
}

/** Payload of the mutations on share links. */
@ObjectType('ShareLinkPayload', { description: 'The link, or every reason why not.' })
export class ShareLinkPayloadType {
  @Field(() => ShareLinkType, { nullable: true, description: 'Null when there are user errors.' })
  readonly link!: ShareLinkType | null

  @Field(() => String, {
    nullable: true,
    description:
      'Path of the page below the hub’s address. Shown once: it is kept nowhere, so a repeated request gives null.',
  })
  readonly path!: string | null

  @Field(() => [UserErrorType], { description: 'All faults at once; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}

/** Input of `publishRule`. */
@InputType('PublishRuleInput', { description: 'Publishes a stacking rule, or its next version.' })
export class PublishRuleMutationInput extends KeyedInput {
  @Field(() => String, { description: 'The rule in the rule language, as JSON text.' })
  readonly ruleJson!: string

  @Field(() => String, {
    nullable: true,
    description: 'What it stands for, in English; default as published already.',
  })
  readonly description?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Slug of the member that awards the whole; null: the alliance.',
  })
  readonly awardingMember?: string | null
}

/** Payload of `publishRule`. */
@ObjectType('PublishRulePayload', { description: 'The credential, or every reason why not.' })
export class PublishRulePayloadType {
  @Field(() => StackedCredentialType, {
    nullable: true,
    description: 'Null when there are user errors.',
  })
  readonly stackedCredential!: StackedCredentialType | null

  @Field(() => [UserErrorType], { description: 'All faults at once; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}

/** What learners do for themselves, and how rules are published. */
@Resolver()
export class LearnerMutations {
  @Directive('@authenticated')
  @Mutation(() => PathwayProgressPayloadType, {
    description: 'Sets out on a pathway; what was awarded to you before counts at once.',
  })
  async enrolInPathway(
    @Arg('input', () => EnrolInPathwayInput, { description }) input: EnrolInPathwayInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return toPayload('progress', await runMutation(context, 'enrolInPathway', input, enrol))
  }

  @Directive('@authenticated')
  @Mutation(() => PathwayProgressPayloadType, { description: 'Leaves a pathway.' })
  async withdrawFromPathway(
    @Arg('input', () => WithdrawFromPathwayInput, { description }) input: WithdrawFromPathwayInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return toPayload('progress', await runMutation(context, 'withdrawFromPathway', input, withdraw))
  }

  @Directive('@authenticated')
  @Mutation(() => ShareLinkPayloadType, {
    description: 'Gives a link that shows your competence passport to whoever has it.',
  })
  async sharePassport(
    @Arg('input', () => SharePassportMutationInput, { description })
    input: SharePassportMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const token = createShareToken()
    let path: string | null = null
    const result = await runMutation(context, 'sharePassport', input, (unit, given) => {
      path = `/passport/shared/${token}`
      return sharePassport(unit, given, token)
    })
    return { ...toPayload('link', result), path: result.isDone ? path : null }
  }

  @Directive('@authenticated')
  @Mutation(() => ShareLinkPayloadType, {
    description: 'Withdraws consent: the link shows nothing from now on.',
  })
  async stopSharingPassport(
    @Arg('input', () => StopSharingPassportInput, { description }) input: StopSharingPassportInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const result = await runMutation(context, 'stopSharingPassport', input, stopSharing)
    return { ...toPayload('link', result), path: null }
  }

  @Directive('@authenticated')
  @Mutation(() => PublishRulePayloadType, {
    description:
      'Publishes a rule; for registrars of the member that awards the whole, and operators for the alliance.',
  })
  async publishRule(
    @Arg('input', () => PublishRuleMutationInput, { description }) input: PublishRuleMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const { ruleJson, ...rest } = input
    const given = { ...rest, rule: parseJson(ruleJson) }
    const result = await runMutation(context, 'publishRule', given, (unit, published) =>
      publishRule(unit, published),
    )
    return toPayload('stackedCredential', result)
  }
}

/** What is no JSON is no rule either: the parser says so. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
