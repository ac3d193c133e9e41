import { decodeJwt, errors, jwtVerify } from 'jose'
import type { Logger } from '../../infra/runtime/index.js'
import { HubError, type Principal } from '../../schema/index.js'
import type { IssuerConfig } from './issuer-config.js'
import { createIssuerKeys, type IssuerKeys, IssuerUnavailable } from './issuer-keys.js'
import { type Fetch, fetchJson } from './issuer-metadata.js'
import { parseClaims } from './parse-claims.js'
import { type MemberFinder, toPrincipal } from './to-principal.js'

/** A token that passed. */
export interface VerifiedToken {
  readonly principal: Principal
  /** When it ends, in milliseconds since 1970. */
  readonly expiresAt: number
}

/** @throws HubError `TOKEN_INVALID`, `ISSUER_UNAVAILABLE`; the message holds nothing of the token. */
export type TokenVerifier = (token: string) => Promise<VerifiedToken>

export interface TokenVerifierOptions {
  readonly issuers: readonly IssuerConfig[]
  readonly findMember: MemberFinder
  readonly fetch: Fetch
  /** Milliseconds of a steady clock. */
  readonly now: () => number
  /** Milliseconds since 1970. */
  readonly wallNow: () => number
  readonly log: Logger
}

interface Issuer {
  readonly config: IssuerConfig
  readonly keys: IssuerKeys
}

const longestToken = 16_384

/** Checks access tokens against the issuers configured, each by its own rules. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { findMember, wallNow, fetch } = options
  const issuers = new Map<string, Issuer>(
    options.issuers.map((config) => [
      config.issuer,
      { config, keys: createIssuerKeys({ ...options, issuer: config }) },
    ]),
  )

  async function verify(token: string, { config, keys }: Issuer): Promise<VerifiedToken> {
    const { payload } = await jwtVerify(token, keys.findKey, {
      issuer: config.issuer,
      audience: config.audience,
      algorithms: [...config.algorithms],
      typ: config.tokenType,
      clockTolerance: config.clockSkewSeconds,
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(wallNow()),
    })
    const more = config.claimsFrom === 'userinfo' ? await askUserinfo(token, payload.sub, keys) : {}
    // The token's own claims last: what the issuer signed is not replaced by what it says unsigned.
    const claims = parseClaims({ ...more, ...payload })
    if (claims === null) throw invalid('one of its claims has a wrong type')
    const principal = toPrincipal(claims, config, findMember)
    return { principal, expiresAt: ((payload.exp ?? 0) + config.clockSkewSeconds) * 1_000 }
  }

  async function askUserinfo(token: string, subject: unknown, keys: IssuerKeys): Promise<object> {
    const url = await keys.findUserinfoEndpoint()
    const info = await fetchJson(url, fetch, { authorization: `Bearer ${token}` }).catch(() => {
      throw new IssuerUnavailable()
    })
    // The subject must be the token's, or the answer is about somebody else (OpenID Connect Core, section 5.3.2).
    const isSame =
      typeof info === 'object' && info !== null && 'sub' in info && info.sub === subject
    if (!isSame) throw new IssuerUnavailable()
    return info
  }

  return async (token) => {
    if (token.length > longestToken) throw invalid('it is too long')
    try {
      const { iss } = decodeJwt(token)
      const issuer = iss === undefined ? undefined : issuers.get(iss)
      if (issuer === undefined) throw invalid('its issuer is not one of ours')
      return await verify(token, issuer)
    } catch (error) {
      throw toRefusal(error)
    }
  }
}

function invalid(reason: string): HubError {
  return new HubError('TOKEN_INVALID', { message: `the access token is not valid: ${reason}` })
}

/** What is wrong with a token, in words of ours: jose's own messages may quote it. */
function toRefusal(error: unknown): HubError {
  if (error instanceof HubError) return error
  if (error instanceof IssuerUnavailable) return new HubError('ISSUER_UNAVAILABLE')
  if (error instanceof errors.JWTExpired) return invalid('it has expired')
  if (error instanceof errors.JWTClaimValidationFailed) {
    return invalid(`its ${claimNames.get(error.claim) ?? 'claims'} is not what it has to be`)
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return invalid('its algorithm is not allowed')
  if (error instanceof errors.JWKSNoMatchingKey)
    return invalid("its key is not one of its issuer's")
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return invalid('its signature does not fit')
  }
  if (error instanceof errors.JOSEError) return invalid('it cannot be read')
  // Anything else is of the key set: a key it names that cannot be used.
  return new HubError('ISSUER_UNAVAILABLE')
}

const claimNames: ReadonlyMap<string, string> = new Map([
  ['iss', 'issuer'],
  ['aud', 'audience'],
  ['exp', 'end (exp)'],
  ['nbf', 'beginning (nbf)'],
  ['iat', 'time of issue (iat)'],
  ['sub', 'subject'],
  ['typ', 'type'],
])
