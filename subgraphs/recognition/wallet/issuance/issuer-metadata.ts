import type { LocalisedText } from '../../domain/localised-text.js'

/** Path of the credential issuer below the hub's public URL. */
export const walletPath = '/wallet'

/** The one thing wallets can ask for: the micro-credential as SD-JWT VC. */
export const sdJwtConfigurationId = 'micro-credential-sd-jwt'

/** Algorithms a holder's key may prove possession with. */
export const proofAlgorithms = ['ES256', 'EdDSA', 'RS256'] as const

export const preAuthorisedGrant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** How the credential looks in a wallet, and its type. */
export interface OfferedType {
  /** `vct` of the SD-JWT VC. */
  readonly type: string
  readonly titles: LocalisedText
  readonly issuingBodyName: string
}

/** `credential_issuer`: compared character by character by wallets, so always made here. */
export function toIssuerIdentifier(publicUrl: string): string {
  return `${publicUrl}${walletPath}`
}

/**
 * The credential issuer's metadata.
 *
 * @see OpenID4VCI 1.0 §12.2: served at `/.well-known/openid-credential-issuer` put *between* host and path.
 */
export function buildIssuerMetadata(publicUrl: string, offered: OfferedType) {
  const issuer = toIssuerIdentifier(publicUrl)
  return {
    credential_issuer: issuer,
    credential_endpoint: `${issuer}/credential`,
    nonce_endpoint: `${issuer}/nonce`,
    display: [{ name: offered.issuingBodyName, locale: 'en' }],
    credential_configurations_supported: {
      [sdJwtConfigurationId]: {
        format: 'dc+sd-jwt',
        vct: offered.type,
        scope: sdJwtConfigurationId,
        cryptographic_binding_methods_supported: ['jwk'],
        credential_signing_alg_values_supported: ['ES256'],
        proof_types_supported: {
          jwt: { proof_signing_alg_values_supported: [...proofAlgorithms] },
        },
        credential_metadata: {
          display: Object.entries(offered.titles).map(([locale, name]) => ({ name, locale })),
        },
      },
    },
  }
}

/**
 * The metadata of the authorisation server, which is the credential issuer itself.
 *
 * @see RFC 8414; OpenID4VCI 1.0 §12.3: without an authorisation endpoint, `response_types_supported` stays away.
 */
export function buildAuthorisationServerMetadata(publicUrl: string) {
  const issuer = toIssuerIdentifier(publicUrl)
  return {
    issuer,
    token_endpoint: `${issuer}/token`,
    token_endpoint_auth_methods_supported: ['none'],
    grant_types_supported: [preAuthorisedGrant],
    'pre-authorized_grant_anonymous_access_supported': true,
  }
}
