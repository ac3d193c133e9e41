import type { Logger } from '../../infra/runtime/index.js'
import { HubError, type MemberRegister } from '../../schema/index.js'
import { type Authenticator, createAuthenticator } from './authenticator.js'
import { developmentIssuerName } from './development-issuer.js'
import type { IssuerConfig } from './issuer-config.js'
import { createTokenVerifier } from './verify-token.js'

/** A gateway's authenticator, and the register it looks members up in. */
export interface GatewayAuthenticator {
  readonly identify: Authenticator
  /** Home organisations are those of this register from now on. */
  applyRegister(register: MemberRegister): void
}

/**
 * Makes the authenticator of a gateway with issuers.
 *
 * @throws HubError `CONFIG_INVALID` for the development issuer in production mode.
 */
export function createGatewayAuthenticator(options: {
  readonly issuers: readonly IssuerConfig[]
  readonly isProduction: boolean
  readonly register: MemberRegister | undefined
  readonly log: Logger
}): GatewayAuthenticator {
  const { issuers, isProduction, log } = options
  if (isProduction && issuers.some(({ issuer }) => issuer === developmentIssuerName)) {
    const message = 'the development issuer is not taken in production mode'
    throw new HubError('CONFIG_INVALID', { message })
  }
  let members = listHomes(options.register)
  let identify = create()

  function create(): Authenticator {
    const homes = members
    const verify = createTokenVerifier({
      issuers,
      findMember: (home) => homes.get(home) ?? null,
      fetch: (url, init) => fetch(url, init),
      now: () => performance.now(),
      wallNow: Date.now,
      log,
    })
    return createAuthenticator({ verify, wallNow: Date.now })
  }

  return {
    identify: (authorization) => identify(authorization),
    applyRegister(register) {
      members = listHomes(register)
      // Anew, so that no principal made with the old register is remembered.
      identify = create()
    },
  }
}

function listHomes(register: MemberRegister | undefined): ReadonlyMap<string, string> {
  const homes = new Map<string, string>()
  for (const { slug, schacHomeOrganization } of register?.members ?? []) {
    if (schacHomeOrganization !== null) homes.set(schacHomeOrganization, slug)
  }
  return homes
}
