import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import {
  agreeEquivalence,
  endEquivalence,
  proposeEquivalence,
} from '../commands/agree-equivalence.js'
import {
  appealRecognition,
  decideRecognition,
  requestRecognition,
  withdrawRecognition,
} from '../commands/request-recognition.js'
import {
  AppealRecognitionMutationInput,
  ChangeEquivalenceMutationInput,
  ChangeRequestMutationInput,
  DecideRecognitionMutationInput,
  EquivalenceAgreementPayloadType,
  ProposeEquivalenceMutationInput,
  RecognitionRequestPayloadType,
  RequestRecognitionMutationInput,
  toVerdict,
} from './recognition-request.input.js'
import type { RequestContext } from './request-context.js'
import { runMutation } from './run-mutation.js'
import { toPayload } from './user-error.type.js'

const description = 'What to do.'

/** What learners ask for and registrars decide. */
@Resolver()
export class RecognitionRequestMutations {
  @Directive('@authenticated')
  @Mutation(() => RecognitionRequestPayloadType, {
    description:
      'Asks a member to recognise an award of your own. Where an agreement covers it, it is decided at once.',
  })
  async requestRecognition(
    @Arg('input', () => RequestRecognitionMutationInput, { description })
    input: RequestRecognitionMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<RecognitionRequestPayloadType> {
    const result = await runMutation(context, 'requestRecognition', input, requestRecognition)
    return toPayload('request', result)
  }

  @Directive('@authenticated')
  @Mutation(() => RecognitionRequestPayloadType, {
    description: 'Decides a request or an appeal; for registrars of the recognising member.',
  })
  async decideRecognition(
    @Arg('input', () => DecideRecognitionMutationInput, { description })
    input: DecideRecognitionMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<RecognitionRequestPayloadType> {
    const { idempotencyKey, requestId, expectedVersion } = input
    const decided = { idempotencyKey, requestId, expectedVersion, verdict: toVerdict(input) }
    const result = await runMutation(context, 'decideRecognition', decided, decideRecognition)
    return toPayload('request', result)
  }

  @Directive('@authenticated')
  @Mutation(() => RecognitionRequestPayloadType, {
    description: 'Appeals against a decision on a request of your own.',
  })
  async appealRecognition(
    @Arg('input', () => AppealRecognitionMutationInput, { description })
    input: AppealRecognitionMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<RecognitionRequestPayloadType> {
    const result = await runMutation(context, 'appealRecognition', input, appealRecognition)
    return toPayload('request', result)
  }

  @Directive('@authenticated')
  @Mutation(() => RecognitionRequestPayloadType, {
    description: 'Takes a request or an appeal of your own back.',
  })
  async withdrawRecognition(
    @Arg('input', () => ChangeRequestMutationInput, { description })
    input: ChangeRequestMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<RecognitionRequestPayloadType> {
    const result = await runMutation(context, 'withdrawRecognition', input, withdrawRecognition)
    return toPayload('request', result)
  }
}

/** What two members agree on beforehand. */
@Resolver()
export class EquivalenceMutations {
  @Directive('@authenticated')
  @Mutation(() => EquivalenceAgreementPayloadType, {
    description: 'Proposes an equivalence; for registrars of one of the two members.',
  })
  async proposeEquivalence(
    @Arg('input', () => ProposeEquivalenceMutationInput, { description })
    input: ProposeEquivalenceMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<EquivalenceAgreementPayloadType> {
    const result = await runMutation(context, 'proposeEquivalence', input, proposeEquivalence)
    return toPayload('agreement', result)
  }

  @Directive('@authenticated')
  @Mutation(() => EquivalenceAgreementPayloadType, {
    description: 'Agrees to a proposal of the other member: from now on it decides requests.',
  })
  async agreeEquivalence(
    @Arg('input', () => ChangeEquivalenceMutationInput, { description })
    input: ChangeEquivalenceMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<EquivalenceAgreementPayloadType> {
    const result = await runMutation(context, 'agreeEquivalence', input, agreeEquivalence)
    return toPayload('agreement', result)
  }

  @Directive('@authenticated')
  @Mutation(() => EquivalenceAgreementPayloadType, {
    description: 'Ends an agreement; what it decided stays decided.',
  })
  async endEquivalence(
    @Arg('input', () => ChangeEquivalenceMutationInput, { description })
    input: ChangeEquivalenceMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<EquivalenceAgreementPayloadType> {
    const result = await runMutation(context, 'endEquivalence', input, endEquivalence)
    return toPayload('agreement', result)
  }
}
