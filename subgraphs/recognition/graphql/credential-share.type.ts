import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import {
  defaultShareDays,
  maximumShareDays,
  type ShareablePart,
  shareableParts,
} from '../share/create-share.js'
import type { CredentialShare } from '../store/credential-share.store.js'
import { DateTimeScalar } from './date.scalar.js'
import { toEnum } from './to-enum.js'
import { UserErrorType } from './user-error.type.js'

const ShareablePartEnum = toEnum(Object.keys(shareableParts) as ShareablePart[])
registerEnumType(ShareablePartEnum, {
  name: 'ShareablePart',
  description: 'What a shared credential shows beside the achievement itself.',
})

/** Input of `shareCredential`. */
@InputType('ShareCredentialInput', {
  description: 'Shows the credential of an own award by a link.',
})
export class ShareCredentialInput {
  @Field(() => ID, { description: 'Hub id of the award.' })
  readonly awardId!: string

  @Field(() => [ShareablePartEnum], {
    defaultValue: [],
    description: 'Default: nothing but the achievement, not even the name.',
  })
  readonly show!: ShareablePart[]

  @Field(() => Int, {
    defaultValue: defaultShareDays,
    description: `Days the link holds, 1–${maximumShareDays}.`,
  })
  readonly days!: number
}

/** See `CredentialShare`. */
@ObjectType('CredentialShare', { description: 'A link by which a learner shows a credential.' })
export class CredentialShareType {
  @Field(() => ID, { description: 'To end the link with.' })
  readonly id!: string

  @Field(() => ID, { description: 'Hub id of the credential it shows.' })
  readonly credentialId!: string

  @Field(() => [String], {
    description: 'Names of the claims shown beside the achievement itself.',
  })
  readonly disclosed!: readonly string[]

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  readonly createdAt!: string

  @Field(() => DateTimeScalar, { description: 'When it ends by itself.' })
  readonly expiresAt!: string

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its learner ended it.' })
  readonly withdrawnAt!: string | null

  @Field(() => Int, { description: 'How often the page was opened.' })
  readonly views!: number
}

/** Payload of the mutations on links. */
@ObjectType('CredentialSharePayload', { description: 'The link, or every reason why not.' })
export class CredentialSharePayloadType {
  @Field(() => CredentialShareType, {
    nullable: true,
    description: 'Null when there are user errors.',
  })
  readonly share!: CredentialShareType | null

  @Field(() => String, {
    nullable: true,
    description: 'The link itself; shown once, when it is made.',
  })
  readonly url!: string | null

  @Field(() => [UserErrorType], { description: 'All faults at once; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}

/** A link as the contract has it. */
export function toCredentialShareType(share: CredentialShare): CredentialShareType {
  return {
    id: share.id,
    credentialId: share.credentialId,
    disclosed: share.disclosed,
    createdAt: share.createdAt.toISOString(),
    expiresAt: share.expiresAt.toISOString(),
    withdrawnAt: share.withdrawnAt?.toISOString() ?? null,
    views: share.views,
  }
}
