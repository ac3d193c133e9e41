/**
 * An SD-JWT with only the disclosures of these claims: the seal stays whole, and what is left out cannot be told from it.
 *
 * @param sdJwt - `<jwt>~<disclosure>~…~`, bound to nobody's key.
 * @see RFC 9901 §4.2: a disclosure is base64url of `[salt, name, value]`.
 */
export function selectDisclosures(sdJwt: string, names: ReadonlySet<string>): string {
  const [jwt = '', ...disclosures] = sdJwt.split('~').slice(0, -1)
  const kept = disclosures.filter((disclosure) => names.has(readDisclosure(disclosure).name))
  return `${[jwt, ...kept].join('~')}~`
}

/** What an SD-JWT of our own says: the open claims and those disclosed. Read, not verified. */
export function readClaims(sdJwt: string): Readonly<Record<string, unknown>> {
  const [jwt = '', ...disclosures] = sdJwt.split('~').slice(0, -1)
  const claims: Record<string, unknown> = JSON.parse(decode(jwt.split('.')[1] ?? ''))
  for (const disclosure of disclosures) {
    const { name, value } = readDisclosure(disclosure)
    claims[name] = value
  }
  return claims
}

function readDisclosure(disclosure: string): { readonly name: string; readonly value: unknown } {
  const [, name, value] = JSON.parse(decode(disclosure)) as [string, string, unknown]
  return { name, value }
}

function decode(text: string): string {
  return Buffer.from(text, 'base64url').toString('utf8')
}
