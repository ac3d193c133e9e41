/** Longest `tracestate` handed on; the specification asks for at least this much. */
const maximumLength = 512
const maximumEntries = 32
/** Entries above this length go first when the whole is too long. */
const longEntryLength = 128

const keyPattern =
  /^(?:[a-z][a-z0-9_\-*/]{0,255}|[a-z0-9][a-z0-9_\-*/]{0,240}@[a-z][a-z0-9_\-*/]{0,13})$/
const valuePattern = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/

/**
 * The `tracestate` to hand on: the same entries in the same order, at most 512 characters; '' when it is not valid.
 * What is too long loses whole entries: first those above 128 characters, then the last ones, which are the oldest.
 *
 * @see https://www.w3.org/TR/trace-context/#tracestate-header
 */
export function cleanTracestate(value: string): string {
  // An honest header is a few hundred bytes; nothing is gained by parsing a hostile one.
  if (value.length > 32 * maximumLength) return ''
  const entries: string[] = []
  const keys = new Set<string>()
  for (const part of value.split(',')) {
    const entry = part.trim()
    // Empty entries are allowed, for hops that join headers carelessly.
    if (entry === '') continue
    const equals = entry.indexOf('=')
    const key = entry.slice(0, equals)
    if (equals < 0 || keys.has(key) || !isEntry(key, entry.slice(equals + 1))) return ''
    keys.add(key)
    entries.push(entry)
  }
  return entries.length > maximumEntries ? '' : shorten(entries).join(',')
}

function isEntry(key: string, value: string): boolean {
  return keyPattern.test(key) && valuePattern.test(value)
}

function shorten(entries: readonly string[]): readonly string[] {
  const kept = [...entries]
  let length = kept.reduce((sum, entry) => sum + entry.length + 1, -1)
  while (length > maximumLength) {
    const long = kept.findLastIndex((entry) => entry.length > longEntryLength)
    const [dropped = ''] = kept.splice(long < 0 ? kept.length - 1 : long, 1)
    length -= dropped.length + 1
  }
  return kept
}
