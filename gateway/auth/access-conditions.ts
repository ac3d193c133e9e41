import type { Principal } from '../../schema/index.js'

/**
 * One condition of access. `anyOf` is a list of alternatives, each of which asks for all of its members
 * (`[["a", "b"], ["c"]]`: a and b, or c). No alternative, or one that asks for nothing, is a mistake and lets nobody in.
 */
export type AccessCondition =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'scopes' | 'policies'; readonly anyOf: readonly (readonly string[])[] }

/** Whether the principal meets a condition. */
export function isMet(condition: AccessCondition, principal: Principal): boolean {
  switch (condition.kind) {
    case 'authenticated':
      return principal.kind !== 'anonymous'
    case 'scopes':
      return meetsAny(condition.anyOf, (scope) => principal.scopes.includes(scope))
    case 'policies':
      return meetsAny(condition.anyOf, (policy) => holdsPolicy(policy, principal))
  }
}

/**
 * Policies the gateway decides by itself: `role:analyst` (a grant of that role, for whatever member), `role:registrar@dcu`
 * (for that member), `kind:person`, `kind:system`, `assurance:<REFEDS value>`. A policy of any other name holds for
 * nobody.
 */
function holdsPolicy(policy: string, principal: Principal): boolean {
  const colon = policy.indexOf(':')
  const value = policy.slice(colon + 1)
  switch (policy.slice(0, colon)) {
    case 'role': {
      const [role, member] = value.split('@')
      return principal.grants.some(
        (grant) =>
          grant.role === role &&
          (member === undefined || grant.member === null || grant.member === member),
      )
    }
    case 'kind':
      return value !== 'anonymous' && principal.kind === value
    case 'assurance':
      return principal.assurance.includes(value)
    default:
      return false
  }
}

function meetsAny(
  anyOf: readonly (readonly string[])[],
  holds: (name: string) => boolean,
): boolean {
  return anyOf.some((allOf) => allOf.length > 0 && allOf.every(holds))
}

/** More combinations than this are not worked out. */
const mostCombinations = 512

/**
 * Whether whoever meets all of `others` meets `condition`, too. Answers false where it would take long to find out.
 */
export function isImplied(condition: AccessCondition, others: readonly AccessCondition[]): boolean {
  if (condition.kind === 'authenticated') return others.some(({ kind }) => kind === 'authenticated')
  let combinations: (readonly string[])[] = [[]]
  for (const other of others) {
    if (other.kind !== condition.kind) continue
    combinations = combinations.flatMap((one) => other.anyOf.map((more) => [...one, ...more]))
    if (combinations.length > mostCombinations) return false
  }
  return combinations.every((names) =>
    condition.anyOf.some(
      (allOf) => allOf.length > 0 && allOf.every((name) => names.includes(name)),
    ),
  )
}
