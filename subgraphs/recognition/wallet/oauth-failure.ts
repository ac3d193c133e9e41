/**
 * A failure as OAuth 2.0 and OpenID4VCI tell it to a wallet. An expected answer, not an exception.
 *
 * @see RFC 6749 §5.2; OpenID4VCI 1.0 §§6.3, 8.3.1.2
 */
export interface OAuthFailure {
  readonly kind: 'failure'
  readonly error: OAuthError
  /** For the wallet's developer; nothing personal. */
  readonly description: string
}

export type OAuthError =
  | 'invalid_request'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'invalid_token'
  | 'invalid_credential_request'
  | 'unknown_credential_configuration'
  | 'invalid_proof'
  | 'invalid_nonce'
  | 'credential_request_denied'

export function toFailure(error: OAuthError, description: string): OAuthFailure {
  return { kind: 'failure', error, description }
}

/** HTTP status of a failure: only a token that does not hold is 401. */
export function statusOf({ error }: OAuthFailure): number {
  return error === 'invalid_token' ? 401 : 400
}
