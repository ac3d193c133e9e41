import { withUtf8 } from '../keys/with-utf8.js'

/** A text's UTF-8 in base64url, without padding. */
export function encodeText(text: string): string {
  return withUtf8(text, encodeBytes)
}

function encodeBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}
