import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { createOffer } from '../wallet/issuance/create-offer.js'
import { findOwnAward } from './find-own-award.js'
import type { RequestContext } from './request-context.js'
import { toWalletOfferType, WalletOfferPayloadType } from './wallet-offer.type.js'

/** How a learner gets a credential into a wallet. */
@Resolver()
export class WalletOfferMutations {
  // No idempotency key: what is kept for a repeated answer would hold the codes in clear. An offer too many runs out.
  @Mutation(() => WalletOfferPayloadType, {
    description: 'Offers the credential of an own award to a wallet; for its learner.',
  })
  async offerCredentialToWallet(
    @Arg('awardId', () => ID, { description: 'Hub id of the award.' }) awardId: string,
    @Ctx() { principal, commands, publicUrl, now }: RequestContext,
  ): Promise<WalletOfferPayloadType> {
    const em = commands.em.fork()
    const found = await findOwnAward(em, principal, awardId)
    if (!found.isDone) return { offer: null, userErrors: found.faults }
    const offer = await createOffer(em, found.value, { publicUrl, now: now() })
    return { offer: toWalletOfferType(offer), userErrors: [] }
  }
}
