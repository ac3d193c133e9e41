import type { Seal } from './parsed-credential.js'
import {
  decodeBase64Url,
  decodeBase64UrlText,
  type JsonObject,
  parseJsonObject,
} from './strict-decoding.js'

/** A compact JWS taken apart, or null when it is none. */
export function parseCompactJws(
  text: string,
): { readonly seal: Seal; readonly payload: JsonObject } | null {
  const first = text.indexOf('.')
  const second = text.indexOf('.', first + 1)
  if (first < 1 || second < 0 || text.indexOf('.', second + 1) >= 0) return null
  const signature = decodeBase64Url(text.slice(second + 1))
  if (signature === null) return null
  // Header and payload are signed as text, so another spelling of the same bytes breaks the seal; the signature's own
  // spelling is covered by nothing, and has to be the one we would write. As UTF-8, never as Latin-1: that cuts a
  // character down to its low byte, and one that a decoder skips would count as the one that was signed.
  const headerText = decodeBase64UrlText(text.slice(0, first))
  const payloadText = decodeBase64UrlText(text.slice(first + 1, second))
  if (headerText === null || payloadText === null) return null
  const header = parseJsonObject(headerText)
  const payload = parseJsonObject(payloadText)
  if (header === null || payload === null) return null
  return {
    seal: { header, input: text.slice(0, second), signature },
    payload,
  }
}
