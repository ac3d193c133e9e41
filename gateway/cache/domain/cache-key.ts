import { createHash } from 'node:crypto'

/** What tells one entry from every other. */
export interface CacheKeyParts {
  /** Hash of the contract: another contract, other answers. */
  readonly schema: string
  /** Of the owner's entry in the register: another place or policy, other answers. */
  readonly edition: string
  readonly jurisdiction: string
  readonly member: string
  /** See {@link printGenerations}. */
  readonly generations: string
  /** `Query.field`, or the name of the type of an entity. */
  readonly subject: string
  /** {@link hashText} of the arguments of the field, or of the representation. */
  readonly askedHash: string
  readonly selectionHash: string
  /** Of everything else an answer depends on: scopes, locale, the HMAC of a subject; `-` for public data. */
  readonly varyHash: string
}

/**
 * The key of an entry: readable parts first, so that a person and a sweep know whose it is; what clients control is
 * hashed. Made only once the final headers and the identity are known.
 */
export function printCacheKey(parts: CacheKeyParts): string {
  const { schema, edition, jurisdiction, member, generations, subject } = parts
  const hashes = `${parts.askedHash}:${parts.selectionHash}:${parts.varyHash}`
  return `hub:${schema}.${edition}:${jurisdiction}:${member}:${generations}:${subject}:${hashes}`
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

/** {@link printGenerations} of counters in the order of `generationNames`. */
export function printGenerationList(values: readonly number[]): string {
  const [jurisdiction = 0, member = 0, ...types] = values
  return printGenerations(jurisdiction, member, types)
}

/**
 * Whose entry a key is of, under which edition of the owner, and the generations of its jurisdiction and member, as
 * {@link printGenerations} wrote them.
 */
export interface KeyOwner {
  readonly edition: string
  readonly jurisdiction: string
  readonly member: string
  readonly jurisdictionGeneration: string
  readonly memberGeneration: string
}

/** Reads what {@link printCacheKey} wrote first. */
export function parseKeyOwner(key: string): KeyOwner {
  const [, schema = '', jurisdiction = '', member = '', generations = ''] = key.split(':', 5)
  const [, edition = ''] = schema.split('.')
  const [jurisdictionGeneration = '', memberGeneration = ''] = generations.slice(1).split('.')
  return { edition, jurisdiction, member, jurisdictionGeneration, memberGeneration }
}

/** 128 bits of SHA-256, `-` for nothing: nobody can make two questions meet. */
export function hashText(text: string): string {
  return text === '' ? '-' : createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

/** A generation as keys have it. */
export function toDigits(value: number): string {
  return value.toString(36)
}
