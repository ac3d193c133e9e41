import { walletPath } from '../issuance/issuer-metadata.js'
import { hashSecret } from '../secret.js'

/** Id of the one credential query in a request. */
export const credentialQueryId = 'micro_credential'

/** What a verifier asks a holder to disclose, unless it asks for less: what was learnt, how much, from whom. */
export const defaultClaims = [
  'title',
  'awardingBody',
  'awardedOn',
  'notionalWorkload',
  'level',
  'learningOutcomes',
] as const

/** Claims a verifier may ask for: the default ones and the holder's name. */
export const askableClaims = [...defaultClaims, 'givenName', 'familyName', 'grade'] as const
export type AskableClaim = (typeof askableClaims)[number]

export interface PresentationPlace {
  readonly requestUri: string
  readonly responseUri: string
}

/** The public id of a presentation; who knows the secret may read its result, who knows the id may only answer. */
export function toPresentationId(secret: string): string {
  return hashSecret('presentation', secret)
}

export function toPresentationPlace(publicUrl: string, id: string): PresentationPlace {
  const place = `${publicUrl}${walletPath}/presentations/${id}`
  return { requestUri: `${place}/request`, responseUri: `${place}/response` }
}

/** The link that opens a wallet and has it fetch the signed request. */
export function toPresentationLink(clientId: string, { requestUri }: PresentationPlace): string {
  return `openid4vp://?${new URLSearchParams({ client_id: clientId, request_uri: requestUri })}`
}

/**
 * The payload of a signed request for a micro-credential.
 *
 * @see OpenID4VP 1.0 §§5, 6 (DCQL), 8.2 (`direct_post`); RFC 9101 for the signed form
 */
export function buildPresentationRequest(request: {
  readonly clientId: string
  readonly credentialType: string
  readonly claims: readonly AskableClaim[]
  readonly nonce: string
  readonly responseUri: string
  readonly issuedAt: Date
  readonly expiresAt: Date
}) {
  return {
    aud: 'https://self-issued.me/v2',
    iat: Math.floor(request.issuedAt.getTime() / 1_000),
    exp: Math.floor(request.expiresAt.getTime() / 1_000),
    client_id: request.clientId,
    response_type: 'vp_token',
    response_mode: 'direct_post',
    response_uri: request.responseUri,
    nonce: request.nonce,
    client_metadata: {
      vp_formats_supported: {
        'dc+sd-jwt': {
          'sd-jwt_alg_values': ['ES256'],
          'kb-jwt_alg_values': ['ES256', 'EdDSA'],
        },
      },
    },
    dcql_query: {
      credentials: [
        {
          id: credentialQueryId,
          format: 'dc+sd-jwt',
          meta: { vct_values: [request.credentialType] },
          claims: request.claims.map((claim) => ({ path: [claim] })),
        },
      ],
    },
  }
}
