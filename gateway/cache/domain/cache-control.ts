/** What a subgraph's HTTP headers say about how long its answer may be kept. */
export interface AnswerFreshness {
  /** Seconds it is fresh for, its age already taken off; 0 when it must not be kept. */
  readonly maxAgeSeconds: number
  readonly isPrivate: boolean
}

/**
 * Reads `Cache-Control` and `Age` as a shared cache does: `s-maxage` before `max-age`; `no-store`, `no-cache` and
 * `private` are 0. Undefined without a directive that says anything, so that the contract's own limits decide.
 *
 * @see RFC 9111, sections 4.2.1, 5.1 and 5.2.2
 */
export function parseAnswerFreshness(
  cacheControl: string | undefined,
  age: string | undefined,
): AnswerFreshness | undefined {
  if (cacheControl === undefined) return undefined
  const directives = new Map<string, string>()
  for (const part of cacheControl.toLowerCase().split(',')) {
    const [name = '', value = ''] = part.trim().split('=')
    if (name !== '' && !directives.has(name)) directives.set(name, value.replaceAll('"', ''))
  }
  const isPrivate = directives.has('private')
  if (isPrivate || directives.has('no-store') || directives.has('no-cache')) {
    return { maxAgeSeconds: 0, isPrivate }
  }
  const lifetime = parseSeconds(directives.get('s-maxage') ?? directives.get('max-age'))
  if (lifetime === undefined) return undefined
  return { maxAgeSeconds: Math.max(0, lifetime - (parseSeconds(age) ?? 0)), isPrivate }
}

/** What an answer's own `Cache-Control` says: how long anybody, or only the asker, may keep it. */
export function printCacheControl({ maxAgeSeconds, isPrivate }: AnswerFreshness): string {
  if (maxAgeSeconds <= 0) return 'no-store'
  return `max-age=${Math.floor(maxAgeSeconds)}, ${isPrivate ? 'private' : 'public'}`
}

function parseSeconds(text: string | undefined): number | undefined {
  const trimmed = text?.trim()
  return trimmed !== undefined && /^\d{1,10}$/.test(trimmed) ? Number(trimmed) : undefined
}
