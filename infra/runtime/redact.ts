/** Names of fields that are never logged, whatever holds them. Compared in lower case, without `_` and `-`. */
const secretNames: ReadonlySet<string> = new Set([
  'authorization',
  'body',
  'claims',
  'cookie',
  'displayname',
  'email',
  'esi',
  'familyname',
  'givenname',
  'hubprincipal',
  'mail',
  'password',
  'principal',
  'privatekey',
  'schacpersonaluniquecode',
  'secret',
  'signature',
  'sub',
  'subject',
  'subjectid',
  'token',
  'variables',
])

/** What a text may give away: tokens, student identifiers, addresses of people, passwords in URLs, learners' ids. */
const secretPatterns: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)*/g, '[token]'],
  [/\b(Bearer|Basic|DPoP)\s+[\w.~+/=-]+/gi, '$1 [token]'],
  [/urn:schac:personalUniqueCode:[^\s"',;)\]}]+/gi, '[student identifier]'],
  [/\balliance:learner:[\w-]+/g, 'alliance:learner:[subject]'],
  [/[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g, '[address]'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/:@]+:[^\s/@]+@/gi, '$1[credentials]@'],
]

const longestText = 10_000
const deepest = 6

/** The text without what is secret or personal in it; the end of a very long one is cut. */
export function redactText(text: string): string {
  const short = text.length > longestText ? `${text.slice(0, longestText)}…` : text
  return secretPatterns.reduce((kept, [pattern, instead]) => kept.replace(pattern, instead), short)
}

/**
 * A copy of a log line's fields without what is secret or personal: fields of telling names, and telling patterns in any
 * text. The last line of defence; the first is not to log such things.
 */
export function redactFields(
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return redactValue(fields, 0) as Record<string, unknown>
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return '[deep]'
  if (value instanceof Date) return value
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1))
  if (value instanceof Error) return redactText(value.stack ?? value.message)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      redactText(name),
      secretNames.has(name.toLowerCase().replace(/[_-]/g, ''))
        ? '[redacted]'
        : redactValue(inner, depth + 1),
    ]),
  )
}
