import { gunzipSync, gzipSync } from 'node:zlib'

/** Entries of a list of ours: the least the specification allows, so that an entry hides among many. */
export const statusListLength = 131_072

/** Largest list read from somebody else: 16 million entries. */
const maxBytes = 2_097_152

/** Whether the bit is set. Index 0 is the leftmost bit of the first byte. */
export function readBit(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0
}

/** Sets or clears a bit in place. */
export function writeBit(bits: Uint8Array, index: number, isSet: boolean): void {
  const mask = 0x80 >> (index & 7)
  const byte = bits[index >> 3] ?? 0
  bits[index >> 3] = isSet ? byte | mask : byte & ~mask
}

/**
 * The list as `encodedList`: GZIP, then multibase base64url.
 *
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-generation-algorithm
 */
export function encodeBitstring(bits: Uint8Array): string {
  return `u${gzipSync(bits).toString('base64url')}`
}

/** The bits of an `encodedList`; null when it is none, or larger than 2 MB unpacked. */
export function decodeBitstring(encoded: string): Uint8Array | null {
  if (!/^u[A-Za-z0-9_-]+$/.test(encoded)) return null
  try {
    return gunzipSync(Buffer.from(encoded.slice(1), 'base64url'), { maxOutputLength: maxBytes })
  } catch {
    return null
  }
}
