/** What to purge. Each further part narrows the one before. */
export type PurgeScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'jurisdiction'; readonly jurisdiction: string }
  | { readonly kind: 'member'; readonly member: string; readonly jurisdiction: string }
  | {
      readonly kind: 'type'
      readonly member: string
      readonly jurisdiction: string
      readonly type: string
    }

/** Names of the generation counters, in the order of keys: jurisdiction, member, types. */
export function generationNames(
  jurisdiction: string,
  member: string,
  types: readonly string[],
): readonly [string, string, ...string[]] {
  return [
    `gen:${jurisdiction}`,
    `gen:${jurisdiction}:${member}`,
    ...types.map((type) => `gen:${jurisdiction}:${member}:${type}`),
  ]
}

/**
 * The counters a purge raises: one, whatever it hides; for everything, one of each jurisdiction.
 *
 * @param jurisdictions - All there are.
 */
export function countersOf(scope: PurgeScope, jurisdictions: readonly string[]): readonly string[] {
  switch (scope.kind) {
    case 'all':
      return jurisdictions.map((jurisdiction) => `gen:${jurisdiction}`)
    case 'jurisdiction':
      return [`gen:${scope.jurisdiction}`]
    case 'member':
      return [`gen:${scope.jurisdiction}:${scope.member}`]
    case 'type':
      return [`gen:${scope.jurisdiction}:${scope.member}:${scope.type}`]
  }
}

/** What to erase: everything of a jurisdiction, of one member in it, or, both null, of everybody. */
export interface SweepScope {
  readonly jurisdiction: string | null
  readonly member: string | null
}

/** What a hard purge erases: pages hold several types, so a type is erased with its member. */
export function toSweepScope(scope: PurgeScope): SweepScope {
  switch (scope.kind) {
    case 'all':
      return { jurisdiction: null, member: null }
    case 'jurisdiction':
      return { jurisdiction: scope.jurisdiction, member: null }
    case 'member':
    case 'type':
      return { jurisdiction: scope.jurisdiction, member: scope.member }
  }
}

/** No member and no type can be called so. */
const erasedMark = '!erased'

/**
 * The counters a hard purge raises besides: whoever hears of the last one erases that part from its memory. Being
 * counters, they reach every process by message, from Redis or from the log, like any purge.
 */
export function erasureCountersOf(scope: PurgeScope): readonly string[] {
  const { jurisdiction, member } = toSweepScope(scope)
  const hidden = scope.kind === 'type' ? [`gen:${jurisdiction}:${member}`] : []
  return [...hidden, toErasureCounter({ jurisdiction, member })]
}

/** Name of the counter that tells of erasures of this scope. */
export function toErasureCounter({ jurisdiction, member }: SweepScope): string {
  return ['gen', jurisdiction, member, erasedMark].filter((part) => part !== null).join(':')
}

/** What is to be erased when this counter has been raised; undefined for a counter of another kind. */
export function parseErasureCounter(name: string): SweepScope | undefined {
  const parts = name.split(':').slice(1)
  if (parts.at(-1) !== erasedMark) return undefined
  const [jurisdiction = null, member = null] = parts.slice(0, -1)
  return { jurisdiction, member }
}
