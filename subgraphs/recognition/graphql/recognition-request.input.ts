import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import type { Verdict } from '../domain/recognition-decision/change-request.js'
import type {
  DecisionOutcome,
  substantialDifferences,
} from '../domain/recognition-decision/recognition-request.js'
import { DecimalScalar } from './decimal.scalar.js'
import { KeyedInput } from './keyed.input.js'
import {
  DecisionOutcomeEnum,
  EquivalenceAgreementType,
  RecognitionRequestType,
  SubstantialDifferenceEnum,
} from './recognition-request.type.js'
import { UserErrorType } from './user-error.type.js'

/** A document to point to. */
@InputType('RecognitionEvidenceInput', { description: 'A document to point to.' })
export class RecognitionEvidenceInput {
  @Field(() => String, { description: 'What it is.' })
  readonly title!: string

  @Field(() => String, { description: 'Where it is; never the document itself.' })
  readonly reference!: string
}

/** Input of `requestRecognition`. */
@InputType('RequestRecognitionInput', { description: 'Asks a member to recognise an award.' })
export class RequestRecognitionMutationInput extends KeyedInput {
  @Field(() => ID, { description: 'Hub id of an award of your own.' })
  readonly awardId!: string

  @Field(() => String, { description: 'Slug of the member to ask.' })
  readonly recognisingMember!: string

  @Field(() => ID, {
    nullable: true,
    description: 'Hub id of the opportunity there that it is to count as; null: free credits.',
  })
  readonly targetOpportunityId?: string | null

  @Field(() => [RecognitionEvidenceInput], { nullable: true, description: 'Evidence.' })
  readonly evidence?: RecognitionEvidenceInput[] | null
}

/** What the mutations that change a request have in common. */
@InputType('WithdrawRecognitionInput', { description: 'Takes a request or an appeal back.' })
export class ChangeRequestMutationInput extends KeyedInput {
  @Field(() => ID, { description: 'Hub id of the request.' })
  readonly requestId!: string

  @Field(() => Int, { description: 'The version you saw; refused when it is another by now.' })
  readonly expectedVersion!: number
}

/** Input of `appealRecognition`. */
@InputType('AppealRecognitionInput', { description: 'Appeals against a decision.' })
export class AppealRecognitionMutationInput extends ChangeRequestMutationInput {
  @Field(() => String, { description: 'Why the decision is wrong.' })
  readonly grounds!: string
}

/** A difference and its explanation. */
@InputType('DifferenceReasonInput', { description: 'A substantial difference, explained.' })
export class DifferenceReasonInput {
  @Field(() => SubstantialDifferenceEnum, { description: 'In what they differ.' })
  readonly difference!: (typeof substantialDifferences)[number]

  @Field(() => String, { description: 'The difference in words; the learner reads it.' })
  readonly explanation!: string
}

/** Input of `decideRecognition`. */
@InputType('DecideRecognitionInput', { description: 'Decides a request to the own member.' })
export class DecideRecognitionMutationInput extends ChangeRequestMutationInput {
  @Field(() => DecisionOutcomeEnum, { description: 'The decision.' })
  readonly outcome!: DecisionOutcome

  @Field(() => DecimalScalar, { nullable: true, description: 'For `PARTIAL`: how many ECTS.' })
  readonly recognisedEcts?: string | null

  @Field(() => [DifferenceReasonInput], {
    nullable: true,
    description: 'For anything less than `RECOGNISED`: the substantial differences.',
  })
  readonly reasons?: DifferenceReasonInput[] | null
}

/** The decision an input stands for. */
export function toVerdict({
  outcome,
  recognisedEcts,
  reasons,
}: Pick<DecideRecognitionMutationInput, 'outcome' | 'recognisedEcts' | 'reasons'>): Verdict {
  switch (outcome) {
    case 'RECOGNISED':
      return { outcome }
    case 'PARTIAL':
      // None given is no part: the domain refuses it like any other figure out of range.
      return { outcome, recognisedEcts: recognisedEcts ?? '0', reasons: reasons ?? [] }
    case 'REFUSED_SUBSTANTIAL_DIFFERENCE':
      return { outcome, reasons: reasons ?? [] }
  }
}

/** Payload of the mutations on requests. */
@ObjectType('RecognitionRequestPayload', {
  description: 'The request as it is now, or every reason why not.',
})
export class RecognitionRequestPayloadType {
  @Field(() => RecognitionRequestType, {
    nullable: true,
    description: 'Null when there are user errors.',
  })
  readonly request!: RecognitionRequestType | null

  @Field(() => [UserErrorType], { description: 'All faults at once; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}

/** Input of `proposeEquivalence`. */
@InputType('ProposeEquivalenceInput', { description: 'Proposes an equivalence to a member.' })
export class ProposeEquivalenceMutationInput extends KeyedInput {
  @Field(() => ID, { description: 'Hub id of what is awarded.' })
  readonly opportunityId!: string

  @Field(() => String, { description: 'Slug of the member that recognises.' })
  readonly recognisingMember!: string

  @Field(() => ID, {
    nullable: true,
    description: 'Hub id of what it counts as there; null: free credits.',
  })
  readonly targetOpportunityId?: string | null

  @Field(() => String, { description: 'First day of awarding it covers, ISO 8601.' })
  readonly validFrom!: string

  @Field(() => String, { nullable: true, description: 'Last day; null: until ended.' })
  readonly validUntil?: string | null

  @Field(() => String, { description: 'Where it is written down.' })
  readonly citation!: string
}

/** Input of the mutations that change an agreement. */
@InputType('ChangeEquivalenceInput', { description: 'Agrees to an equivalence, or ends it.' })
export class ChangeEquivalenceMutationInput extends KeyedInput {
  @Field(() => ID, { description: 'Hub id of the agreement.' })
  readonly agreementId!: string

  @Field(() => Int, { description: 'The version you saw; refused when it is another by now.' })
  readonly expectedVersion!: number
}

/** Payload of the mutations on agreements. */
@ObjectType('EquivalenceAgreementPayload', {
  description: 'The agreement as it is now, or every reason why not.',
})
export class EquivalenceAgreementPayloadType {
  @Field(() => EquivalenceAgreementType, {
    nullable: true,
    description: 'Null when there are user errors.',
  })
  readonly agreement!: EquivalenceAgreementType | null

  @Field(() => [UserErrorType], { description: 'All faults at once; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}
