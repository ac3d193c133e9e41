import { z } from 'zod'
import { isMemberSlug } from './global-id.js'

/**
 * What somebody may act as. A role comes from an entitlement or a client registration, never from affiliation alone;
 * only `learner` needs none, because a learner sees nothing but their own records.
 *
 * `registrar` awards, decides and revokes for one member · `admission` reads requests to one member · `analyst` reads
 * statistics of the alliance · `partner` is a system of one member · `operator` runs the hub.
 */
export const roles = [
  'learner',
  'registrar',
  'admission',
  'analyst',
  'partner',
  'operator',
] as const
export type Role = (typeof roles)[number]

/** A role and the member it holds for; null for roles of the alliance as a whole. */
export interface RoleGrant {
  readonly role: Role
  readonly member: string | null
}

/** Who asks, as the gateway found out. It travels to subgraphs inside the signed request and nowhere else. */
export interface Principal {
  readonly kind: 'anonymous' | 'person' | 'system'
  /**
   * Opaque, stable identifier made from issuer and subject; null for anonymous callers. Personal data: never logged,
   * never in an error, only under a keyed hash in a cache key.
   */
  readonly subjectId: string | null
  /** Slug of the member whose `schacHomeOrganization` the token names; null when it is none of ours. */
  readonly homeMember: string | null
  readonly grants: readonly RoleGrant[]
  /** OAuth scopes, sorted by code point. */
  readonly scopes: readonly string[]
  /** REFEDS assurance values of the identity behind the account, sorted. */
  readonly assurance: readonly string[]
}

/** Somebody who showed no token. */
export const anonymousPrincipal: Principal = Object.freeze({
  kind: 'anonymous',
  subjectId: null,
  homeMember: null,
  grants: Object.freeze([]),
  scopes: Object.freeze([]),
  assurance: Object.freeze([]),
})

const principalSchema = z
  .strictObject({
    kind: z.enum(['anonymous', 'person', 'system']),
    subjectId: z.string().min(1).max(256).nullable(),
    homeMember: z.string().refine(isMemberSlug).nullable(),
    grants: z
      .array(
        z.strictObject({
          role: z.enum(roles),
          member: z.string().refine(isMemberSlug).nullable(),
        }),
      )
      .max(64),
    scopes: z.array(z.string().max(256)).max(64),
    assurance: z.array(z.string().max(256)).max(64),
  })
  .refine(({ kind, subjectId }) => (kind === 'anonymous') === (subjectId === null), {
    message: 'exactly the anonymous have no subject',
  })
  .refine(({ kind, grants }) => kind !== 'anonymous' || grants.length === 0, {
    message: 'the anonymous have no grants',
  })

/** The principal in `value`, or null when it is not one. */
export function parsePrincipal(value: unknown): Principal | null {
  const result = principalSchema.safeParse(value)
  return result.success ? result.data : null
}

/** Whether the principal may act as `role`, for `member` where one is given; a grant for all members holds for each. */
export function hasRole(principal: Principal, role: Role, member?: string): boolean {
  return principal.grants.some(
    (grant) =>
      grant.role === role &&
      (member === undefined || grant.member === null || grant.member === member),
  )
}
