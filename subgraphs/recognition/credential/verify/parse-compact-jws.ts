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
  const header = readHeader(text.slice(0, first))
  const payload = readObject(text.slice(first + 1, second))
  if (header === null || payload === null) return null
  return {
    seal: { header, input: text.slice(0, second), signature },
    payload,
  }
}

/** Issuers write the same few headers over and over; nobody changes what was read from one. */
const knownHeaders = new Map<string, JsonObject>()
const keptHeaders = 500
/** Characters of base64url. With a key's URL it has 200. */
const longestKept = 1_024

function readHeader(text: string): JsonObject | null {
  if (text.length > longestKept) return readObject(text)
  const known = knownHeaders.get(text)
  if (known !== undefined) return known
  const header = readObject(text)
  if (header !== null) {
    // Whoever sends many of their own only makes us read the few of others once more.
    if (knownHeaders.size >= keptHeaders) knownHeaders.clear()
    // A copy: a part of a text keeps the whole of it in memory, here a whole credential.
    knownHeaders.set(Buffer.from(text).toString(), header)
  }
  return header
}

function readObject(text: string): JsonObject | null {
  const decoded = decodeBase64UrlText(text)
  return decoded === null ? null : parseJsonObject(decoded)
}
