import { isUtf8 } from 'node:buffer'

/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>

/** The text, or null when the bytes are not UTF-8: a replaced character would hide a change. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  const { buffer, byteOffset, byteLength } = bytes
  const own = Buffer.isBuffer(bytes) ? bytes : Buffer.from(buffer, byteOffset, byteLength)
  return decodeStart(own, byteLength)
}

function decodeStart(bytes: Buffer, length: number): string | null {
  const text = bytes.toString('utf8', 0, length)
  // Decoding puts U+FFFD in the place of what is no UTF-8; only where there is one, it may also have been meant.
  return text.includes('\ufffd') && !isUtf8(bytes.subarray(0, length)) ? null : text
}

/** The bytes, or null unless `text` is base64url as we would write it: spare bits and padding could hide a change. */
export function decodeBase64Url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

// One piece of memory for all: a new one for every text costs more in garbage than the decoding itself.
const scratch = Buffer.allocUnsafeSlow(65_536)

/** The UTF-8 text in base64url `text`, however that is spelled; null when the bytes are not UTF-8. */
export function decodeBase64UrlText(text: string): string | null {
  // Decoded it is shorter than written, whatever the writing.
  if (text.length > scratch.length) return decodeUtf8(Buffer.from(text, 'base64url'))
  return decodeStart(scratch, scratch.write(text, 'base64url'))
}

/** The JSON object in `text`; null when it is another value or no JSON. */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value that may stand alone or in a list, as a list. */
export function toList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** Whether a value, alone or in a list, is this text. */
export function holds(value: unknown, text: string): boolean {
  return value === text || (Array.isArray(value) && value.includes(text))
}

/** The value when it is text; else undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Whether objects and arrays nest deeper than `limit`. Does not recurse: the depth is somebody else's choice. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true
    level = level.flatMap((entry) =>
      typeof entry === 'object' && entry !== null ? Object.values(entry) : [],
    )
  }
  return false
}
