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
