/** The parts of a hub id. `member` owns the thing, `kind` says what it is, `localId` is the owner's own key. */
export interface GlobalId {
  readonly member: string
  readonly kind: EntityKind
  readonly localId: string
}

/** Kinds of things that carry a hub id. A new kind is a contract change: add it here first. */
export const entityKinds = [
  'institution',
  'opportunity',
  'offering',
  'microcredential',
  'pathway',
  'learner',
  'award',
  'stackedcredential',
  'recognitionrequest',
  'equivalence',
  'credential',
] as const
export type EntityKind = (typeof entityKinds)[number]

type IdOf<Kind extends EntityKind> = string & { readonly __kind: Kind }
export type InstitutionId = IdOf<'institution'>
export type OpportunityId = IdOf<'opportunity'>
export type OfferingId = IdOf<'offering'>
export type MicroCredentialId = IdOf<'microcredential'>
export type PathwayId = IdOf<'pathway'>
/** Names a person. Personal data: never logged, never in a shared cache. */
export type LearnerId = IdOf<'learner'>
export type AwardId = IdOf<'award'>
export type StackedCredentialId = IdOf<'stackedcredential'>
export type RecognitionRequestId = IdOf<'recognitionrequest'>
export type EquivalenceId = IdOf<'equivalence'>
export type CredentialId = IdOf<'credential'>

/** Owner of what belongs to the alliance as a whole; no member may carry this slug. */
export const allianceOwner = 'alliance'

const memberPattern = /^[a-z][a-z0-9]{1,31}$/
// Local ids come from thirteen different systems, so anything printable without spaces passes;
// the length bound keeps ids usable as cache keys and index entries.
const localIdPattern = /^[\x21-\x7e]{1,160}$/

/** Whether `slug` may name a member: a lower-case letter, then 1–31 lower-case letters or digits. */
export function isMemberSlug(slug: string): boolean {
  return memberPattern.test(slug)
}

/** Whether `localId` may stand in a hub id: 1–160 printable ASCII characters, no space. */
export function isLocalId(localId: string): boolean {
  return localIdPattern.test(localId)
}

/**
 * Prints a hub id, e.g. `dcu:offering:CA4011-2026-1`.
 *
 * @throws RangeError when a part breaks its pattern (a bug in the caller: input is validated at the door).
 */
export function toGlobalId<Kind extends EntityKind>(
  member: string,
  kind: Kind,
  localId: string,
): IdOf<Kind> {
  if (!isMemberSlug(member)) throw new RangeError(`member slug '${member}' is not valid`)
  if (!isLocalId(localId)) throw new RangeError(`local id '${localId}' is not valid`)
  return `${member}:${kind}:${localId}` as IdOf<Kind>
}

/** The parts of a hub id, or null when `text` is not one. The local id may itself contain colons. */
export function parseGlobalId(text: string): GlobalId | null {
  const first = text.indexOf(':')
  const second = text.indexOf(':', first + 1)
  if (first < 1 || second < 0) return null
  const member = text.slice(0, first)
  const kind = text.slice(first + 1, second)
  const localId = text.slice(second + 1)
  if (!isMemberSlug(member) || !isEntityKind(kind) || !isLocalId(localId)) return null
  return { member, kind, localId }
}

/** The owner's slug of a hub id without checking the rest, or null. Cheap enough for every representation. */
export function ownerOf(id: string): string | null {
  const end = id.indexOf(':')
  if (end < 1) return null
  const member = id.slice(0, end)
  return isMemberSlug(member) ? member : null
}

function isEntityKind(text: string): text is EntityKind {
  return (entityKinds as readonly string[]).includes(text)
}
