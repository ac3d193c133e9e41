import { isIP } from 'node:net'

const urlPattern = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>)]+/gi
const ipv4Pattern = /\b(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?\b/g
const ipv6Pattern = /\[?(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}\]?(?::\d{1,5})?/gi
const internalHostPattern =
  /\b(?:localhost|(?:[a-z0-9-]+\.)+(?:internal|local|localdomain|svc|lan))(?::\d{1,5})?(?![\w.-]*\w)/gi
/** Ports have four or five digits here, and nothing like an id may stand around: `dcu:offering:4011` is no address. */
const hostWithPortPattern = /(?<![\w:.-])[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*:\d{4,5}(?![\w:-])/gi

const mask = '[address]'

/**
 * Replaces addresses inside our network in a text for clients: IP addresses, internal host names, `host:port` pairs and
 * URLs with any of these as host. URLs on public hosts stay: a member's error may well point at its public pages.
 */
export function maskAddresses(text: string): string {
  if (!/[.:]/.test(text)) return text
  let masked = ''
  let end = 0
  for (const match of text.matchAll(urlPattern)) {
    masked += maskWords(text.slice(end, match.index)) + (isPublicUrl(match[0]) ? match[0] : mask)
    end = match.index + match[0].length
  }
  return masked + maskWords(text.slice(end))
}

function maskWords(text: string): string {
  return text
    .replace(ipv6Pattern, (found) => (isIP(withoutBrackets(found)) === 6 ? mask : found))
    .replace(ipv4Pattern, mask)
    .replace(internalHostPattern, mask)
    .replace(hostWithPortPattern, mask)
}

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { hostname, port, protocol } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return false
  if (port !== '' || hostname.startsWith('[') || isIP(hostname) !== 0) return false
  return hostname.includes('.') && hostname.replace(internalHostPattern, '') === hostname
}

function withoutBrackets(found: string): string {
  return /^\[([^\]]*)\]/.exec(found)?.[1] ?? found
}
