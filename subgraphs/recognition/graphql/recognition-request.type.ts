import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { agreementStates } from '../domain/recognition-decision/equivalence-agreement.js'
import {
  decisionOutcomes,
  type RequestState,
  requestStates,
  substantialDifferences,
} from '../domain/recognition-decision/recognition-request.js'
import { createConnectionType } from './connection-type.js'
import { DateScalar } from './date.scalar.js'
import { DecimalScalar } from './decimal.scalar.js'
import { toEnum } from './to-enum.js'

/** GraphQL enum of the states of a request. */
export const RequestStateEnum = toEnum(requestStates)
registerEnumType(RequestStateEnum, {
  name: 'RecognitionRequestState',
  description: 'How far a request for recognition is.',
})

/** GraphQL enum of decisions. */
export const DecisionOutcomeEnum = toEnum(decisionOutcomes)
registerEnumType(DecisionOutcomeEnum, {
  name: 'RecognitionOutcome',
  description: 'A decision: recognised, unless a substantial difference is shown.',
})

/** GraphQL enum of substantial differences. */
export const SubstantialDifferenceEnum = toEnum(substantialDifferences)
registerEnumType(SubstantialDifferenceEnum, {
  name: 'SubstantialDifference',
  description: 'In what two qualifications can differ so much that one cannot stand for the other.',
})

const AgreementStateEnum = toEnum(agreementStates)
registerEnumType(AgreementStateEnum, {
  name: 'EquivalenceAgreementState',
  description: 'Proposed by one member, agreed by both, or ended.',
})

/** See the domain's `Evidence`. */
@ObjectType('RecognitionEvidence', { description: 'A document the learner points to.' })
export class RecognitionEvidenceType {
  @Field(() => String, { description: 'What it is.' })
  readonly title!: string

  @Field(() => String, { description: 'Where it is; never the document itself.' })
  readonly reference!: string
}

/** See the domain's `DifferenceReason`. */
@ObjectType('DifferenceReason', { description: 'A substantial difference, explained.' })
export class DifferenceReasonType {
  @Field(() => SubstantialDifferenceEnum, { description: 'In what they differ.' })
  readonly difference!: (typeof substantialDifferences)[number]

  @Field(() => String, { description: 'The difference in words, to appeal against.' })
  readonly explanation!: string
}

/** See the domain's `EquivalenceAgreement`. */
@ObjectType('EquivalenceAgreement', {
  description: 'What two members agreed on beforehand; it decides the requests it covers.',
})
export class EquivalenceAgreementType {
  @Field(() => ID, { description: 'Hub id, `alliance:equivalence:localId`.' })
  readonly id!: string

  @Field(() => String, { description: 'Slug of the member that awards.' })
  readonly awardingMember!: string

  @Field(() => String, { description: 'Slug of the member that recognises.' })
  readonly recognisingMember!: string

  @Field(() => AgreementStateEnum, { description: 'Whether it holds.' })
  readonly state!: string

  @Field(() => DateScalar, { description: 'First day of awarding it covers.' })
  readonly validFrom!: string

  @Field(() => DateScalar, { nullable: true, description: 'Last day; null: until ended.' })
  readonly validUntil!: string | null

  @Field(() => String, { description: 'Where it is written down.' })
  readonly citation!: string

  @Field(() => Int, { description: 'Counts changes; say it when you change the agreement.' })
  readonly version!: number
}

/** Relay connection of agreements. */
export const EquivalenceAgreementConnectionType = createConnectionType(
  'EquivalenceAgreement',
  () => EquivalenceAgreementType,
  'A page of equivalence agreements, by id.',
)

/** See the domain's `RecognitionDecision`. */
@ObjectType('RecognitionDecision', { description: 'One decision on a request.' })
export class RecognitionDecisionType {
  @Field(() => DecisionOutcomeEnum, { description: 'What was decided.' })
  readonly outcome!: string

  @Field(() => DecimalScalar, { description: 'ECTS credits that are recognised.' })
  readonly recognisedEcts!: string

  @Field(() => [DifferenceReasonType], {
    description: 'Why not everything was recognised; empty when it was.',
  })
  readonly reasons!: readonly DifferenceReasonType[]

  @Field(() => DateScalar, { description: 'When it was decided.' })
  readonly decidedOn!: string

  @Field(() => Boolean, { description: 'Whether the deadline had passed; the decision holds.' })
  readonly isLate!: boolean

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Last day for an appeal; null when there is nothing to appeal against.',
  })
  readonly appealUntil!: string | null
}

/** See the domain's `RecognitionRequest`. */
@ObjectType('RecognitionRequest', {
  description:
    'A learner’s request that a member recognise what another awarded. Seen by the learner and the registrars of that member.',
})
export class RecognitionRequestType {
  @Field(() => ID, { description: 'Hub id, `member:recognitionrequest:localId`.' })
  readonly id!: string

  @Field(() => ID, { description: 'Hub id of the learner.' })
  readonly learnerId!: string

  @Field(() => String, { description: 'Slug of the member that awarded.' })
  readonly awardingMember!: string

  @Field(() => String, { description: 'Slug of the member that decides.' })
  readonly recognisingMember!: string

  @Field(() => DecimalScalar, { description: 'ECTS credits of the award.' })
  readonly ects!: string

  @Field(() => DateScalar, { description: 'When it was asked for.' })
  readonly requestedOn!: string

  @Field(() => DateScalar, { description: 'By when the member decides.' })
  readonly decideBy!: string

  @Field(() => [RecognitionEvidenceType], { description: 'What the learner points to.' })
  readonly evidence!: readonly RecognitionEvidenceType[]

  @Field(() => RequestStateEnum, { description: 'How far it is.' })
  readonly state!: RequestState

  @Field(() => Int, { description: 'Counts changes; say it when you change the request.' })
  readonly version!: number
}

/** Relay connection of requests. */
export const RecognitionRequestConnectionType = createConnectionType(
  'RecognitionRequest',
  () => RecognitionRequestType,
  'A page of requests for recognition.',
)
