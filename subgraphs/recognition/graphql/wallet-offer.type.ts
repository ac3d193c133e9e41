import { Field, ObjectType } from 'type-graphql'
import type { CreatedOffer } from '../wallet/issuance/create-offer.js'
import { DateTimeScalar } from './date.scalar.js'
import { UserErrorType } from './user-error.type.js'

/** See `CreatedOffer`. */
@ObjectType('WalletOffer', {
  description:
    'An offer to a wallet (OpenID4VCI 1.0, pre-authorised code). Shown once; holds once.',
})
export class WalletOfferType {
  @Field(() => String, { description: 'Link that opens a wallet; short enough for a QR code.' })
  readonly linkByReference!: string

  @Field(() => String, { description: 'The same offer with everything in the link itself.' })
  readonly linkByValue!: string

  @Field(() => String, { description: 'Six digits that the wallet asks for.' })
  readonly transactionCode!: string

  @Field(() => DateTimeScalar, { description: 'When the offer runs out.' })
  readonly expiresAt!: string
}

/** Payload of `offerCredentialToWallet`. */
@ObjectType('WalletOfferPayload', { description: 'The offer, or every reason why not.' })
export class WalletOfferPayloadType {
  @Field(() => WalletOfferType, {
    nullable: true,
    description: 'Null when there are user errors.',
  })
  readonly offer!: WalletOfferType | null

  @Field(() => [UserErrorType], { description: 'All faults at once; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}

/** An offer as the contract has it. */
export function toWalletOfferType({ expiresAt, ...offer }: CreatedOffer): WalletOfferType {
  return { ...offer, expiresAt: expiresAt.toISOString() }
}
