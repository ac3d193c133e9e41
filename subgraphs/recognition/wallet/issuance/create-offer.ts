import type { EntityManager } from '@mikro-orm/postgresql'
import type { Award } from '../../domain/award.js'
import { insertOffer } from '../../store/wallet-offer.store.js'
import { createSecret, createTransactionCode, hashSecret } from '../secret.js'
import {
  buildCredentialOffer,
  toOfferLinkByReference,
  toOfferLinkByValue,
  toPreAuthorisedCode,
} from './credential-offer.js'

/** What a learner needs to get a credential into a wallet; shown once. */
export interface CreatedOffer {
  readonly linkByReference: string
  readonly linkByValue: string
  /** Six digits the wallet asks for; shown to the learner, never in the link. */
  readonly transactionCode: string
  readonly expiresAt: Date
}

/** Long enough to find the telephone, short enough that a link left open is worth nothing. */
const offerLifeMs = 600_000

/** Offers the credential of an award to the wallet of its learner. The caller has checked that the award is theirs. */
export async function createOffer(
  em: EntityManager,
  award: Pick<Award, 'id' | 'learnerId'>,
  { publicUrl, now }: { readonly publicUrl: string; readonly now: Date },
): Promise<CreatedOffer> {
  const reference = createSecret()
  const code = toPreAuthorisedCode(reference)
  const transactionCode = createTransactionCode()
  const expiresAt = new Date(now.getTime() + offerLifeMs)
  const offer = {
    referenceHash: hashSecret('offer', reference),
    codeHash: hashSecret('code', code),
    // With the code in the hash, a million guesses against a stolen table lead nowhere.
    transactionCodeHash: hashSecret('transaction code', code, transactionCode),
    awardId: award.id,
    learnerId: award.learnerId,
    expiresAt,
  }
  await insertOffer(em, offer, now)
  return {
    linkByReference: toOfferLinkByReference(publicUrl, reference),
    linkByValue: toOfferLinkByValue(buildCredentialOffer(publicUrl, reference, true)),
    transactionCode,
    expiresAt,
  }
}
