import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { type CredentialFormat, credentialFormats } from '../credential/credential-source.js'
import type { AwardStatus } from '../domain/award.js'
import { AwardStatusEnum } from './award.type.js'
import { createConnectionType } from './connection-type.js'
import { DateTimeScalar } from './date.scalar.js'
import { UserErrorType } from './user-error.type.js'

/** GraphQL allows no `+` in a name. */
export const CredentialFormatEnum: Readonly<Record<string, CredentialFormat>> = {
  ELM_JADES: credentialFormats[0],
  VC_JWT: credentialFormats[1],
  SD_JWT_VC: credentialFormats[2],
  OPEN_BADGE_JWT: credentialFormats[3],
}
registerEnumType(CredentialFormatEnum, {
  name: 'CredentialFormat',
  description: 'Formats a credential is issued in.',
  valuesConfig: {
    ELM_JADES: { description: 'European Digital Credential, ELM v3, under a JAdES seal.' },
    VC_JWT: { description: 'W3C Verifiable Credential 2.0 as `vc+jwt`.' },
    SD_JWT_VC: { description: 'SD-JWT VC (`dc+sd-jwt`), with selective disclosure.' },
    OPEN_BADGE_JWT: { description: 'Open Badge 3.0 as a JWT.' },
  },
})

/** See the store's `IssuedCredential`. */
@ObjectType('DigitalCredential', {
  description: 'A sealed document about an award. Seen by its learner and the awarding registrars.',
})
export class DigitalCredentialType {
  @Field(() => ID, { description: 'Hub id, `alliance:credential:uuid`.' })
  readonly id!: string

  @Field(() => ID, { description: 'Hub id of the award it certifies.' })
  readonly awardId!: string

  @Field(() => CredentialFormatEnum, { description: 'Format of the document.' })
  readonly format!: CredentialFormat

  @Field(() => AwardStatusEnum, { description: 'Where it stands; its status list says the same.' })
  readonly status!: AwardStatus

  @Field(() => String, { description: 'The document itself, sealed. Personal data.' })
  readonly document!: string

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the credential it takes the place of; null when there is none.',
  })
  readonly supersedes!: string | null

  @Field(() => DateTimeScalar, { description: 'When it was issued.' })
  readonly issuedAt!: Date
}

/** Relay connection of credentials. */
export const DigitalCredentialConnectionType = createConnectionType(
  'DigitalCredential',
  () => DigitalCredentialType,
  'A page of credentials, newest first.',
)

@ObjectType('IssuingRefusal', { description: 'Why awards of a cohort were not issued.' })
export class IssuingRefusalType {
  @Field(() => String, { description: 'Stable code, e.g. `AWARD_NOT_VALID`.' })
  readonly reason!: string

  @Field(() => Int, { description: 'How many awards.' })
  readonly count!: number
}

/** A job with its progress. */
@ObjectType('IssuingJob', { description: 'A cohort that is being issued, and how far it is.' })
export class IssuingJobType {
  @Field(() => ID, { description: 'Id of the job.' })
  readonly id!: string

  @Field(() => Int, { description: 'Awards in it.' })
  readonly total!: number

  @Field(() => Int, { description: 'Awards that have their credential.' })
  readonly issued!: number

  @Field(() => Int, { description: 'Awards that were refused.' })
  readonly refused!: number

  @Field(() => Int, { description: 'Awards still to come; 0 when it is done.' })
  readonly waiting!: number

  @Field(() => [IssuingRefusalType], { description: 'Why some were refused.' })
  readonly refusals!: readonly IssuingRefusalType[]
}

@ObjectType('CredentialPayload', { description: 'The credential, or why there is none.' })
export class CredentialPayloadType {
  @Field(() => DigitalCredentialType, { nullable: true, description: 'Null when refused.' })
  readonly credential!: DigitalCredentialType | null

  @Field(() => [UserErrorType], { description: 'Every fault; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}

@ObjectType('IssuingJobPayload', { description: 'The job, or why there is none.' })
export class IssuingJobPayloadType {
  @Field(() => IssuingJobType, { nullable: true, description: 'Null when refused.' })
  readonly job!: IssuingJobType | null

  @Field(() => [UserErrorType], { description: 'Every fault; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}

@ObjectType('CohortRevocation', { description: 'A cohort that was revoked, and how far that is.' })
export class CohortRevocationType {
  @Field(() => Int, { description: 'Awards that were revoked.' })
  readonly revoked!: number

  @Field(() => Int, { description: 'Awards that were revoked or superseded before.' })
  readonly unchanged!: number

  @Field(() => Int, { description: 'Documents about the awards.' })
  readonly documents!: number

  @Field(() => Int, {
    description: 'Documents whose status list does not say so yet; asked again, 0 in the end.',
  })
  readonly waiting!: number
}

@ObjectType('CohortRevocationPayload', { description: 'The revocation, or why there is none.' })
export class CohortRevocationPayloadType {
  @Field(() => CohortRevocationType, { nullable: true, description: 'Null when refused.' })
  readonly revocation!: CohortRevocationType | null

  @Field(() => [UserErrorType], { description: 'Every fault; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}
