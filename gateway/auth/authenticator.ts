import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { createTransientMap } from '../../infra/runtime/index.js'
import { HubError, type Principal } from '../../schema/index.js'
import type { TokenVerifier, VerifiedToken } from './verify-token.js'

/**
 * Who shows this `Authorization` header. At once for a token checked a moment ago, else a promise.
 *
 * @throws HubError `TOKEN_INVALID`, `ISSUER_UNAVAILABLE`, also as the promise's rejection. A token that is not valid is
 * never taken for none: a client that means to be somebody must not be answered as nobody.
 */
export type Authenticator = (authorization: string) => Principal | Promise<Principal>

export interface AuthenticatorOptions {
  readonly verify: TokenVerifier
  /** Milliseconds since 1970. */
  readonly wallNow: () => number
}

const bearerPattern = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i
const tokensRemembered = 10_000
/** A checked token is believed this long: an issuer's withdrawn key counts for no longer. */
const believedMs = 60_000

interface Believed {
  readonly principal: Principal
  readonly until: number
}

/** Remembers checked tokens by their hash, never longer than they live, so that a client's next requests cost little. */
export function createAuthenticator({ verify, wallNow }: AuthenticatorOptions): Authenticator {
  const believed = new LRUCache<string, Believed>({ max: tokensRemembered })
  const checking = createTransientMap<string, Promise<Principal>>()

  async function check(token: string, key: string): Promise<Principal> {
    try {
      const { principal, expiresAt }: VerifiedToken = await verify(token)
      believed.set(key, { principal, until: Math.min(expiresAt, wallNow() + believedMs) })
      return principal
    } finally {
      checking.delete(key)
    }
  }

  return (authorization) => {
    const token = bearerPattern.exec(authorization)?.[1]
    if (token === undefined) {
      const message = 'the Authorization header must be: Bearer, a space, an access token'
      throw new HubError('TOKEN_INVALID', { message })
    }
    const key = hash('sha256', token, 'base64')
    const known = believed.get(key)
    if (known !== undefined && wallNow() < known.until) return known.principal
    const running = checking.get(key)
    if (running !== undefined) return running
    const checked = check(token, key)
    checking.set(key, checked)
    return checked
  }
}
