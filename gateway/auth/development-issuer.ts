import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  SignJWT,
} from 'jose'
import type { MemberRegister, Principal, Role, TokenClaims } from '../../schema/index.js'
import type { IssuerConfig } from './issuer-config.js'
import { toPrincipal } from './to-principal.js'

/** The `iss` of tokens anybody can make on their own machine; refused in production mode. */
export const developmentIssuerName = 'urn:alliance-hub:development'

const audience = 'alliance-hub'
const algorithm = 'ES256'
const namespace = 'urn:alliance-hub:development'

/** Whom a development token is for. */
export interface DevelopmentTokenRequest {
  readonly role: Role
  /** Slug; needed for registrar, admission and partner, the home of a learner, nothing to the others. */
  readonly member?: string
  /** Default `<role>[-<member>]`, so that the same request is the same person again. */
  readonly subject?: string
  readonly scopes?: readonly string[]
  readonly assurance?: readonly string[]
  /** Default one hour. */
  readonly lifeSeconds?: number
  /** Claims to add or replace. */
  readonly claims?: Partial<TokenClaims>
}

/** An issuer of our own for development: real keys, real tokens, no login. */
export interface DevelopmentIssuer {
  readonly config: IssuerConfig
  /** @throws RangeError when the role needs a member that is not given, or is not one with a home organisation. */
  issueToken(request: DevelopmentTokenRequest): Promise<string>
  /** Who the bearer of `issueToken(request)` is to the hub. */
  toPrincipal(request: DevelopmentTokenRequest): Principal
}

/** A new private key for a development issuer. */
export async function createDevelopmentKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const key = await exportJWK(privateKey)
  return { ...key, alg: algorithm, kid: await calculateJwkThumbprint(key) }
}

/** The issuer of a key made by {@link createDevelopmentKey}, for the members of a register. */
export function createDevelopmentIssuer(key: JWK, register: MemberRegister): DevelopmentIssuer {
  const { d: _private, ...publicKey } = key
  const homes = new Map(
    register.members.map((member) => [member.slug, member.schacHomeOrganization]),
  )

  function homeOf(member: string): string {
    const home = homes.get(member)
    if (home == null) throw new RangeError(`no member '${member}' with a home organisation`)
    return home
  }

  const config: IssuerConfig = {
    issuer: developmentIssuerName,
    audience,
    algorithms: [algorithm],
    tokenType: 'at+jwt',
    keys: { kind: 'given', jwks: { keys: [publicKey as { kty: 'EC'; kid: string }] } },
    claimsFrom: 'token',
    affiliationScopes: [...homes.values()].filter((home) => home !== null),
    entitlementNamespaces: [namespace],
    entitlementGroup: 'hub',
    clients: Object.fromEntries(
      [...homes.keys()].map((slug) => [toClientId(slug), { member: slug }]),
    ),
    clockSkewSeconds: 30,
  }

  return {
    config,
    async issueToken(request) {
      return new SignJWT({ ...toClaims(request, homeOf) })
        .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid: key.kid ?? '' })
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${request.lifeSeconds ?? 3_600}s`)
        .sign(await importJWK(key, algorithm))
    },
    toPrincipal(request) {
      const members = new Map([...homes].map(([slug, home]) => [home, slug]))
      return toPrincipal(toClaims(request, homeOf), config, (home) => members.get(home) ?? null)
    },
  }
}

/** The claims a real issuer would release: roles go through the same rules here as in production. */
function toClaims(
  request: DevelopmentTokenRequest,
  homeOf: (member: string) => string,
): TokenClaims {
  const { scopes, assurance, claims } = request
  return {
    iss: developmentIssuerName,
    ...toRoleClaims(request, homeOf),
    ...(scopes && { scope: scopes.join(' ') }),
    ...(assurance && { eduperson_assurance: assurance }),
    ...claims,
  }
}

function toRoleClaims(
  { role, member, subject }: DevelopmentTokenRequest,
  homeOf: (member: string) => string,
): Omit<TokenClaims, 'iss'> {
  const sub = subject ?? (member === undefined ? role : `${role}-${member}`)
  switch (role) {
    case 'learner':
      if (member === undefined) return { sub }
      return {
        sub,
        schac_home_organization: homeOf(member),
        eduperson_scoped_affiliation: [`student@${homeOf(member)}`],
      }
    case 'registrar':
    case 'admission': {
      if (member === undefined) throw new RangeError(`the role ${role} needs a member`)
      return {
        sub,
        schac_home_organization: homeOf(member),
        eduperson_scoped_affiliation: [`staff@${homeOf(member)}`],
        eduperson_entitlement: [`${namespace}:group:hub:${member}:role=${role}`],
      }
    }
    case 'analyst':
    case 'operator':
      return { sub, eduperson_entitlement: [`${namespace}:group:hub:role=${role}`] }
    case 'partner': {
      if (member === undefined) throw new RangeError('the role partner needs a member')
      homeOf(member)
      return { sub: toClientId(member), client_id: toClientId(member) }
    }
  }
}

function toClientId(member: string): string {
  return `partner-${member}`
}
