import { createHash } from 'node:crypto'
import {
  compareCodePoints,
  type Principal,
  type Role,
  type RoleGrant,
  type TokenClaims,
} from '../../schema/index.js'
import type { IssuerConfig } from './issuer-config.js'
import { parseEntitlement } from './parse-entitlement.js'

/** Slug of the member with this home organisation (the register's `schacHomeOrganization`), or null. */
export type MemberFinder = (homeOrganisation: string) => string | null

/** Affiliations of people who work there; only they can be granted a role for their member. */
const staffAffiliations: ReadonlySet<string> = new Set(['staff', 'employee'])
const mostValues = 64
const longestValue = 256

/**
 * Who the bearer of a valid token is to the hub. Privileges come from entitlements and client registrations alone. An
 * affiliation grants nothing: it only says for which member a staff role can hold, and only when the issuer may speak
 * for that scope.
 */
export function toPrincipal(
  claims: TokenClaims,
  issuer: IssuerConfig,
  findMember: MemberFinder,
): Principal {
  const client = findClient(claims, issuer)
  const isAssertable = (scope: string) => issuer.affiliationScopes.includes(scope)
  const home = claims.schac_home_organization
  const shared = {
    subjectId: toSubjectId(claims.iss, claims.sub),
    scopes: toSortedList(claims.scope?.split(' ') ?? []),
    assurance: toSortedList(claims.eduperson_assurance ?? []),
  }
  if (client !== undefined) {
    const grants = [{ role: 'partner', member: client.member }] as const
    return { kind: 'system', ...shared, homeMember: client.member, grants }
  }
  // A system nobody registered may call, but is nobody's partner; that of a person is a learner's at least.
  const isSystem = isClientItself(claims)
  return {
    kind: isSystem ? 'system' : 'person',
    ...shared,
    homeMember: home !== undefined && isAssertable(home) ? findMember(home) : null,
    grants: isSystem
      ? []
      : toGrants(claims, issuer, listStaffMembers(claims, isAssertable, findMember)),
  }
}

/**
 * The opaque name of a person or system: stable, the same for the same issuer and subject, and without a way back.
 * The length before the issuer keeps two pairs from printing alike.
 */
export function toSubjectId(issuer: string, subject: string): string {
  return createHash('sha256').update(`${issuer.length}:${issuer}${subject}`).digest('base64url')
}

function toGrants(
  claims: TokenClaims,
  issuer: IssuerConfig,
  staffOf: ReadonlySet<string>,
): readonly RoleGrant[] {
  const grants = new Map<string, RoleGrant>()
  const add = (role: Role, member: string | null) =>
    grants.set(`${role} ${member ?? ''}`, { role, member })
  add('learner', null)
  for (const text of claims.eduperson_entitlement ?? []) {
    const entitlement = parseEntitlement(text, issuer.entitlementNamespaces)
    const [group, member, ...deeper] = entitlement?.groups ?? []
    if (group !== issuer.entitlementGroup || deeper.length > 0) continue
    switch (entitlement?.role) {
      case 'registrar':
      case 'admission':
        // Without a member in it, the entitlement is for whichever members the bearer works at.
        for (const slug of member === undefined ? staffOf : [member]) {
          if (staffOf.has(slug)) add(entitlement.role, slug)
        }
        break
      case 'analyst':
      case 'operator':
        // Roles of the alliance: a member's own group cannot give them away.
        if (member === undefined) add(entitlement.role, null)
        break
      default:
    }
  }
  return [...grants.values()]
    .sort((a, b) => compareCodePoints(`${a.role} ${a.member}`, `${b.role} ${b.member}`))
    .slice(0, mostValues)
}

/** Members where the issuer, within its scopes, says the bearer works. */
function listStaffMembers(
  claims: TokenClaims,
  isAssertable: (scope: string) => boolean,
  findMember: MemberFinder,
): ReadonlySet<string> {
  const members = new Set<string>()
  for (const text of claims.eduperson_scoped_affiliation ?? []) {
    const [affiliation = '', scope, ...more] = text.split('@')
    if (scope === undefined || more.length > 0 || !staffAffiliations.has(affiliation)) continue
    const member = isAssertable(scope) ? findMember(scope) : null
    if (member !== null) members.add(member)
  }
  return members
}

function findClient(claims: TokenClaims, { clients }: IssuerConfig) {
  const id = claims.client_id ?? claims.azp
  // Only the client's own tokens: one it got for a person speaks for that person (RFC 9068, section 5).
  if (id === undefined || !isClientItself(claims)) return undefined
  return Object.hasOwn(clients, id) ? clients[id] : undefined
}

function isClientItself(claims: TokenClaims): boolean {
  return claims.sub === (claims.client_id ?? claims.azp)
}

function toSortedList(values: readonly string[]): readonly string[] {
  const kept = values.filter((value) => value !== '' && value.length <= longestValue)
  return [...new Set(kept)].sort(compareCodePoints).slice(0, mostValues)
}
