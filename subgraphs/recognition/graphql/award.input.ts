import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import type { Supervision } from '../domain/micro-credential.js'
import { AwardType } from './award.type.js'
import { SupervisionEnum } from './micro-credential.type.js'
import { UserErrorType } from './user-error.type.js'

/** See the commands' `AwardInput`. */
@InputType('GradeInput', { description: 'A grade as the awarding member writes it.' })
export class GradeInput {
  @Field(() => String, { description: 'On the member’s own scale, e.g. `8.5`.' })
  readonly value!: string

  @Field(() => String, {
    nullable: true,
    description: 'Name of the scale; default that of the jurisdiction.',
  })
  readonly scale?: string | null
}

/** What a correction may say anew. */
@InputType('AwardReplacementInput', { description: 'What is right instead.' })
export class AwardReplacementInput {
  @Field(() => String, { description: 'Day of awarding, ISO 8601: `2026-06-20`.' })
  readonly awardedOn!: string

  @Field(() => GradeInput, { nullable: true, description: 'Null when it was only passed.' })
  readonly grade?: GradeInput | null

  @Field(() => SupervisionEnum, {
    nullable: true,
    description: 'How the assessment was supervised; default as the definition says.',
  })
  readonly supervision?: Supervision | null

  @Field(() => [String], {
    nullable: true,
    description: 'ISCED-F 2013 codes of its fields; default those of the definition.',
  })
  readonly iscedF?: string[] | null

  @Field(() => Boolean, { nullable: true, description: 'Whether it was a capstone challenge.' })
  readonly isCapstone?: boolean | null

  @Field(() => String, { nullable: true, description: 'The accreditation it stands on.' })
  readonly accreditation?: string | null
}

/** See the commands' `AwardInput`. */
@InputType('AwardInput', { description: 'What a registrar says of an award.' })
export class AwardFieldsInput extends AwardReplacementInput {
  @Field(() => ID, { description: 'Hub id of the learner.' })
  readonly learnerId!: string

  @Field(() => ID, { description: 'Hub id of the micro-credential; one of the own member.' })
  readonly microCredentialId!: string
}

/** Input of `makeAward`. */
@InputType('MakeAwardInput', { description: 'Awards a micro-credential to a learner.' })
export class MakeAwardMutationInput {
  @Field(() => String, {
    description: 'Of your own making, 8–128 characters: the same key is carried out once only.',
  })
  readonly idempotencyKey!: string

  @Field(() => AwardFieldsInput, { description: 'The award.' })
  readonly award!: AwardFieldsInput
}

/** Input of the mutations that change an award. */
@InputType('ChangeAwardInput', { description: 'Changes an award of the own member.' })
export class ChangeAwardMutationInput {
  @Field(() => String, {
    description: 'Of your own making, 8–128 characters: the same key is carried out once only.',
  })
  readonly idempotencyKey!: string

  @Field(() => ID, { description: 'Hub id of the award.' })
  readonly awardId!: string

  @Field(() => Int, { description: 'The version you saw; refused when it is another by now.' })
  readonly expectedVersion!: number

  @Field(() => String, { description: 'Why, in words; the learner reads it.' })
  readonly reason!: string
}

/** Input of `supersedeAward`. */
@InputType('SupersedeAwardInput', { description: 'Corrects an award by another.' })
export class SupersedeAwardMutationInput extends ChangeAwardMutationInput {
  @Field(() => AwardReplacementInput, { description: 'What is right instead.' })
  readonly replacement!: AwardReplacementInput
}

/** Payload of the mutations on awards. */
@ObjectType('AwardPayload', { description: 'The award as it is now, or every reason why not.' })
export class AwardPayloadType {
  @Field(() => AwardType, { nullable: true, description: 'Null when there are user errors.' })
  readonly award!: AwardType | null

  @Field(() => [UserErrorType], { description: 'All faults at once; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}
