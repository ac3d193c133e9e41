/**
 * Claims the hub reads from an access token, named as eduGAIN and MyAcademicID release them over OpenID Connect.
 * Every claim but `iss` and `sub` may be missing: lifelong learners, for one, have no European Student Identifier.
 */
export interface TokenClaims {
  readonly iss: string
  /** Identifier of the person or system at the issuer. Personal data: never logged. */
  readonly sub: string
  /** The home organisation's domain, e.g. `dcu.ie`; matched against the register's `schacHomeOrganization`. */
  readonly schac_home_organization?: string
  /** `affiliation@scope`, e.g. `student@dcu.ie`. The scope must be one the issuer may assert. */
  readonly eduperson_scoped_affiliation?: readonly string[]
  /** AARC-G069 entitlements; the only source of privileges. */
  readonly eduperson_entitlement?: readonly string[]
  /** REFEDS assurance values of the identity proofing behind the account. */
  readonly eduperson_assurance?: readonly string[]
  /** European Student Identifier and the like. Personal and correlatable: never logged, never a cache key. */
  readonly schac_personal_unique_code?: readonly string[]
  /** The client the token was issued to; that of a system acting for itself is also its `sub` (RFC 9068). */
  readonly client_id?: string
  /** As `client_id`, from issuers that do not know RFC 9068. */
  readonly azp?: string
  /** OAuth scopes, space separated. */
  readonly scope?: string
}
