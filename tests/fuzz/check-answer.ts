/** An answer as far as it is judged. */
export interface JudgedAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** What must not stand in any answer, whatever was asked. */
const leaks: readonly (readonly [string, RegExp])[] = [
  ['a stack trace', /\n\s+at \S+ ?\(?[^\n]*:\d+:\d+\)?|node_modules\/|\.build\//],
  ['a connection', /postgres(ql)?:\/\/|redis:\/\/|ECONNREFUSED|ECONNRESET/],
  ['SQL', /\bselect\b[^"]{0,200}\bfrom\b[^"]{0,200}\bwhere\b/i],
  ['a private key', /PRIVATE KEY|"d":\s*"/],
]

/**
 * What is wrong with an answer; undefined when nothing is.
 *
 * @param secrets - Texts only their owner may see.
 */
export function findFault(answer: JudgedAnswer, secrets: readonly string[]): string | undefined {
  const { status, body, contentType } = answer
  if (secrets.some((secret) => body.includes(secret))) return 'an unauthorised datum'
  for (const [what, pattern] of leaks) if (pattern.test(body)) return what
  if (status >= 500 && !/"code":"[A-Z][A-Z0-9_]+"/.test(body))
    return `status ${status} without a code`
  if (contentType.includes('json') && body !== '' && !isJson(body)) return 'broken JSON'
  return undefined
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
