import { createHash } from 'node:crypto'

/** What tells one entry from every other. */
export interface CacheKeyParts {
  /** Hash of the contract: another contract, other answers. */
  readonly schema: string
  readonly jurisdiction: string
  readonly member: string
  /** See {@link printGenerations}. */
  readonly generations: string
  /** `Query.field`, or the name of the type of an entity. */
  readonly subject: string
  /** The arguments of the field, or the representation. */
  readonly asked: string
  readonly selection: string
  /** Everything else an answer depends on: scopes, locale, the HMAC of a subject; '' for public data. */
  readonly vary: string
}

/**
 * The key of an entry: readable parts first, so that a person and a sweep know whose it is; what clients control is
 * hashed. Made only once the final headers and the identity are known.
 */
export function printCacheKey(parts: CacheKeyParts): string {
  const { schema, jurisdiction, member, generations, subject, asked, selection, vary } = parts
  const hashes = `${hashText(asked)}:${hashText(selection)}:${hashText(vary)}`
  return `hub:${schema}:${jurisdiction}:${member}:${generations}:${subject}:${hashes}`
}

/**
 * The generations of jurisdiction, member and types as part of a key. Those of several types are added: they only ever
 * grow, so the sum changes with every purge of any of them.
 */
export function printGenerations(
  jurisdiction: number,
  member: number,
  types: readonly number[],
): string {
  const sum = types.reduce((total, each) => total + each, 0)
  return `g${toDigits(jurisdiction)}.${toDigits(member)}.${toDigits(sum)}`
}

/** 128 bits of SHA-256: nobody can make two questions meet. */
export function hashText(text: string): string {
  return text === '' ? '-' : createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

function toDigits(value: number): string {
  return value.toString(36)
}
