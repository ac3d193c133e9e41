import { allianceOwner, type MemberRegister, type RegisteredMember } from '../../schema/index.js'
import { hashText, parseKeyOwner } from './domain/cache-key.js'
import type { DataOwner } from './domain/cache-policy.js'
import type { SweepScope } from './domain/purge-scope.js'
import { decidePlacement, type Placement } from './domain/residency.js'

/** Whose data something is, and where it may be kept. */
export interface OwnerFacts {
  readonly owner: DataOwner
  readonly placement: Placement
  /** The same as long as the register says the same of the owner: part of the keys of what is kept. */
  readonly edition: string
}

/** Owners by the register of now. */
export interface OwnerBook {
  /** Undefined for a member whose policy the register does not have: nothing of it is kept. */
  ofMember(member: RegisteredMember): OwnerFacts | undefined
  /** What belongs to the alliance as a whole. */
  ofAlliance(): OwnerFacts
  bySlug(slug: string): OwnerFacts | undefined
  /** The register's own entry. */
  findMember(slug: string): RegisteredMember | undefined
  /** Codes of all jurisdictions, the alliance's own included. */
  jurisdictions(): readonly string[]
  /** Everything that can be erased by itself. */
  sweepScopes(): readonly SweepScope[]
  /** Whether the register of now says of a key's owner what the one said under which the key was made. */
  isCurrent(key: string): boolean
  /** @returns Owners, as they were, of whom the register now says something else, or nothing any more. */
  apply(register: MemberRegister): readonly OwnerFacts[]
}

/** Name of the policy for what belongs to the alliance; without it the members' default counts. */
const alliancePolicy = 'alliance'
const defaultPolicy = 'default'

/** Without any policy nothing is kept. */
const keepNothing = {
  residency: 'none',
  maxTtlSeconds: 0,
  staleWhileRevalidateSeconds: 0,
  staleIfErrorSeconds: 0,
  negativeTtlSeconds: 0,
} as const

/** @param places - Names of the Redis servers there are, see `decidePlacement`. */
export function createOwnerBook(first: MemberRegister, places: ReadonlySet<string>): OwnerBook {
  let facts = read(first)
  let { members } = first

  function read(register: MemberRegister): ReadonlyMap<string, OwnerFacts> {
    const { policies } = register
    const found = new Map<string, OwnerFacts>()
    const add = (owner: DataOwner, endpoint: string): void => {
      const edition = hashText(JSON.stringify([owner, endpoint])).slice(0, 8)
      found.set(owner.member, { owner, placement: decidePlacement(owner, places), edition })
    }
    const policy = policies[alliancePolicy] ?? policies[defaultPolicy] ?? keepNothing
    add({ member: allianceOwner, jurisdiction: allianceOwner, policy }, '')
    for (const { slug, jurisdiction, policy: name, endpoint } of register.members) {
      const own = policies[name]
      if (own !== undefined) add({ member: slug, jurisdiction, policy: own }, endpoint)
    }
    return found
  }

  return {
    ofMember: ({ slug }) => facts.get(slug),
    ofAlliance: () => {
      const alliance = facts.get(allianceOwner)
      if (alliance === undefined) throw new RangeError('the alliance has no policy')
      return alliance
    },
    bySlug: (slug) => facts.get(slug),
    findMember: (slug) => members.find((member) => member.slug === slug),
    jurisdictions: () => [...new Set([...facts.values()].map(({ owner }) => owner.jurisdiction))],
    sweepScopes: () => [
      { jurisdiction: null, member: null },
      ...[...facts.values()].flatMap(({ owner: { jurisdiction, member } }) => [
        { jurisdiction, member: null },
        { jurisdiction, member },
      ]),
    ],
    isCurrent: (key) => {
      const { member, edition } = parseKeyOwner(key)
      return facts.get(member)?.edition === edition
    },
    apply: (register) => {
      const before = facts
      facts = read(register)
      members = register.members
      return [...before.values()].filter(
        ({ owner, edition }) => facts.get(owner.member)?.edition !== edition,
      )
    },
  }
}
