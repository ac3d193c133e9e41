import { HubError } from '../../schema/index.js'
import type { DirectoryEntry } from '../registry/member-directory.js'
import type { RootStrategy } from './fan-out-contract.js'

type FanOutStrategy = Extract<RootStrategy, { membersPath: unknown }>

/**
 * The members a fanned-out field concerns, in register order: all, or those its filter names.
 * Null and an empty list mean "no restriction", as for the members themselves.
 *
 * @throws HubError `MEMBER_UNKNOWN` naming the slug or jurisdiction that no member has: a typo must not look like
 * an empty catalogue.
 */
export function narrowMembers(
  entries: readonly DirectoryEntry[],
  strategy: FanOutStrategy,
  values: Readonly<Record<string, unknown>>,
): readonly DirectoryEntry[] {
  const slugs = readList(values, strategy.membersPath)
  const jurisdictions = readList(values, strategy.jurisdictionsPath)
  if (slugs === null && jurisdictions === null) return entries
  requireKnown('member', slugs, new Set(entries.map(({ member }) => member.slug)))
  requireKnown(
    'jurisdiction',
    jurisdictions,
    new Set(entries.map(({ member }) => member.jurisdiction)),
  )
  return entries.filter(
    ({ member }) =>
      (slugs === null || slugs.includes(member.slug)) &&
      (jurisdictions === null || jurisdictions.includes(member.jurisdiction)),
  )
}

function requireKnown(what: string, given: readonly string[] | null, known: Set<string>): void {
  const unknown = given?.find((name) => !known.has(name))
  if (unknown === undefined) return
  // Clipped: the value is the client's own, but error messages are logged.
  const message = `no ${what} '${unknown.slice(0, 40)}' is in the register`
  throw new HubError('MEMBER_UNKNOWN', { message })
}

function readList(
  values: Readonly<Record<string, unknown>>,
  path: readonly string[] | null,
): readonly string[] | null {
  let value: unknown = path === null ? null : values
  for (const step of path ?? []) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null
    value = (value as Record<string, unknown>)[step]
  }
  if (!Array.isArray(value) || value.length === 0) return null
  return value.filter((item) => typeof item === 'string')
}
