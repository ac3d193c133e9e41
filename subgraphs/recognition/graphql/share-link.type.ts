import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { type PassportPart, passportParts } from '../store/share-link.store.js'
import { DateTimeScalar } from './date.scalar.js'
import { toEnum } from './to-enum.js'

/** GraphQL enum of the parts of a passport. */
export const PassportPartEnum = toEnum(passportParts)
registerEnumType(PassportPartEnum, {
  name: 'PassportPart',
  description: 'A part of the competence passport.',
})

/** See the store's `ShareLink`. */
@ObjectType('PassportShareLink', {
  description: 'Consent to show the passport to whoever has the link. Seen by the learner only.',
})
export class ShareLinkType {
  @Field(() => ID, { description: 'Id of the link; it does not open it.' })
  readonly id!: string

  @Field(() => String, { nullable: true, description: 'The learner’s own note.' })
  readonly label!: string | null

  @Field(() => [PassportPartEnum], { description: 'What it shows.' })
  readonly parts!: readonly PassportPart[]

  @Field(() => DateTimeScalar, { description: 'Since when.' })
  readonly createdAt!: string

  @Field(() => DateTimeScalar, { description: 'Until when.' })
  readonly expiresAt!: string

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When consent was withdrawn; null while it holds.',
  })
  readonly withdrawnAt!: string | null
}
