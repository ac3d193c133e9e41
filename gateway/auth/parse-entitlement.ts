/** The parts of an entitlement that says what group somebody is in, and what they are there. */
export interface GroupEntitlement {
  readonly namespace: string
  /** The group and its subgroups, outermost first. */
  readonly groups: readonly string[]
  readonly role: string | null
  /** Who vouches for it; told, not checked. */
  readonly authority: string | null
}

const longest = 512

/**
 * Reads `<NS>:group:<GROUP>[:<SUB>…][:role=<ROLE>][#<AUTHORITY>]`; null when it is not of this form, or of a namespace
 * not in `namespaces`. Values are percent-decoded; comparison is exact.
 *
 * @see AARC-G069 (the guideline's grammar is used as documented, not verified against its final text)
 */
export function parseEntitlement(
  text: string,
  namespaces: readonly string[],
): GroupEntitlement | null {
  if (text.length > longest) return null
  const namespace = namespaces.find((candidate) => text.startsWith(`${candidate}:group:`))
  if (namespace === undefined) return null
  const [path = '', authority, ...more] = text.slice(`${namespace}:group:`.length).split('#')
  if (more.length > 0 || authority === '') return null
  const parts = path.split(':')
  const last = parts.at(-1) ?? ''
  const role = last.startsWith('role=') ? decode(last.slice('role='.length)) : null
  const groups = (role === null ? parts : parts.slice(0, -1)).map(decode)
  // A role in the middle, or two of them, could be read one way here and another way elsewhere.
  const isPlain = groups.every((group) => group !== '' && !group.includes('='))
  if (groups.length === 0 || !isPlain || role === '') return null
  return { namespace, groups, role, authority: authority ?? null }
}

/** Decoded, or the empty text, which no part may be, when it cannot be. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
