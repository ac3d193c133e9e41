import { anonymousPrincipal, type Principal, parsePrincipal } from './principal.js'

const anonymousText = 'anonymous'
const longestText = 8_192

// A principal is made once per token and travels many times.
const printed = new WeakMap<Principal, string>()

/** A principal as one word of printable ASCII, as it travels to subgraphs. The same text means the same principal. */
export function printPrincipal(principal: Principal): string {
  if (principal.kind === 'anonymous') return anonymousText
  const known = printed.get(principal)
  if (known !== undefined) return known
  const text = Buffer.from(JSON.stringify(principal)).toString('base64url')
  printed.set(principal, text)
  return text
}

/** The principal of such a word, or null when it is none. */
export function readPrincipal(text: string): Principal | null {
  if (text === anonymousText) return anonymousPrincipal
  if (text.length > longestText) return null
  try {
    return parsePrincipal(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    return null
  }
}
