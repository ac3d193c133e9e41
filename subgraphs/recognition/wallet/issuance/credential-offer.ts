import { hashSecret } from '../secret.js'
import { preAuthorisedGrant, sdJwtConfigurationId, toIssuerIdentifier } from './issuer-metadata.js'

/** The pre-authorised code of an offer. Made from the offer's reference, so that neither has to be stored. */
export function toPreAuthorisedCode(reference: string): string {
  return hashSecret('pre-authorised code', reference)
}

/**
 * A credential offer as a wallet reads it, by value or at the end of a reference.
 *
 * @see OpenID4VCI 1.0 §4.1.1
 */
export function buildCredentialOffer(
  publicUrl: string,
  reference: string,
  hasTransactionCode: boolean,
) {
  return {
    credential_issuer: toIssuerIdentifier(publicUrl),
    credential_configuration_ids: [sdJwtConfigurationId],
    grants: {
      [preAuthorisedGrant]: {
        'pre-authorized_code': toPreAuthorisedCode(reference),
        ...(hasTransactionCode && {
          tx_code: {
            input_mode: 'numeric',
            length: 6,
            description: 'The six digits shown beside the offer',
          },
        }),
      },
    },
  }
}

/** The link that opens a wallet with the whole offer in it. */
export function toOfferLinkByValue(offer: ReturnType<typeof buildCredentialOffer>): string {
  return `openid-credential-offer://?credential_offer=${encodeURIComponent(JSON.stringify(offer))}`
}

/** The link that opens a wallet and has it fetch the offer: short enough for a QR code. */
export function toOfferLinkByReference(publicUrl: string, reference: string): string {
  const place = `${toIssuerIdentifier(publicUrl)}/offers/${reference}`
  return `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(place)}`
}
