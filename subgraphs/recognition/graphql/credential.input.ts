import { Field, ID, InputType } from 'type-graphql'
import type { CredentialFormat } from '../credential/credential-source.js'
import { CredentialFormatEnum } from './credential.type.js'

const keyDescription =
  'Of your own making, 8–128 characters: the same key is carried out once only.'

@InputType('LearnerIdentityInput', { description: 'Who a learner is, as a registrar attests it.' })
export class LearnerIdentityInput {
  @Field(() => String, { description: 'At most 200 characters.' })
  readonly givenName!: string

  @Field(() => String, { description: 'At most 200 characters.' })
  readonly familyName!: string

  @Field(() => String, { nullable: true, description: 'ISO date, e.g. `2001-02-03`.' })
  readonly dateOfBirth?: string | null
}

@InputType('IssueCredentialInput', { description: 'One award, one format.' })
export class IssueCredentialMutationInput {
  @Field(() => String, { description: keyDescription })
  readonly idempotencyKey!: string

  @Field(() => ID, { description: 'Hub id of the award.' })
  readonly awardId!: string

  @Field(() => CredentialFormatEnum, { description: 'Format of the document.' })
  readonly format!: CredentialFormat

  @Field(() => LearnerIdentityInput, {
    nullable: true,
    description: 'Attests the learner; registrars only. Not needed once somebody has.',
  })
  readonly learner?: LearnerIdentityInput | null
}

@InputType('IssueCredentialsInput', { description: 'A cohort of one member, one format.' })
export class IssueCredentialsMutationInput {
  @Field(() => String, { description: keyDescription })
  readonly idempotencyKey!: string

  @Field(() => String, { description: 'Slug of the awarding member.' })
  readonly member!: string

  @Field(() => [ID], { description: 'Hub ids of its awards, at most 10,000.' })
  readonly awardIds!: string[]

  @Field(() => CredentialFormatEnum, { description: 'Format of the documents.' })
  readonly format!: CredentialFormat
}

@InputType('RevokeCredentialInput', { description: 'Takes a credential and its award back.' })
export class RevokeCredentialMutationInput {
  @Field(() => String, { description: keyDescription })
  readonly idempotencyKey!: string

  @Field(() => ID, { description: 'Hub id of the credential.' })
  readonly credentialId!: string

  @Field(() => String, { description: 'Why, for the learner and the audit trail.' })
  readonly reason!: string
}

@InputType('RevokeCredentialsInput', {
  description: 'Takes awards of one member back, and every document about them.',
})
export class RevokeCredentialsMutationInput {
  @Field(() => String, { description: keyDescription })
  readonly idempotencyKey!: string

  @Field(() => String, { description: 'Slug of the awarding member.' })
  readonly member!: string

  @Field(() => [ID], { description: 'Hub ids of its awards, at most 10,000.' })
  readonly awardIds!: string[]

  @Field(() => String, { description: 'Why, for the learners and the audit trail.' })
  readonly reason!: string
}
