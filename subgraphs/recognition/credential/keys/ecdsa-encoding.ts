/**
 * An ECDSA signature as crypto libraries read it (DER), from the form JOSE has: r and s one after the other. Null when
 * it does not have their length, or when r or s is zero, which no signature is.
 *
 * @param bytes - Length of r and of s: 32 for P-256, 48 for P-384.
 * @see RFC 7518, section 3.4; RFC 3279, section 2.2.3.
 */
export function joinedToDer(signature: Uint8Array, bytes: 32 | 48): Buffer | null {
  if (signature.length !== bytes * 2) return null
  const r = firstOf(signature, 0, bytes)
  const s = firstOf(signature, bytes, bytes * 2)
  if (r === bytes || s === bytes * 2) return null
  const rPadding = paddingAt(signature, r)
  const sPadding = paddingAt(signature, s)
  const rLength = bytes - r + rPadding
  const sLength = bytes * 2 - s + sPadding
  // Up to 4 + 2 × 49 bytes: one byte says every length.
  const der = Buffer.alloc(6 + rLength + sLength)
  der[0] = 0x30
  der[1] = 4 + rLength + sLength
  der[2] = 0x02
  der[3] = rLength
  der.set(signature.subarray(r, bytes), 4 + rPadding)
  der[4 + rLength] = 0x02
  der[5 + rLength] = sLength
  der.set(signature.subarray(s), 6 + rLength + sPadding)
  return der
}

/**
 * The other way round.
 *
 * @param der - A signature from the crypto library itself: its form is not checked.
 */
export function derToJoined(der: Uint8Array, bytes: 32 | 48): Buffer {
  const joined = Buffer.alloc(bytes * 2)
  const rLength = der[3] ?? 0
  const sAt = 6 + rLength
  placeInteger(joined, bytes, der.subarray(4, 4 + rLength))
  placeInteger(joined, bytes * 2, der.subarray(sAt))
  return joined
}

function placeInteger(joined: Buffer, end: number, integer: Uint8Array): void {
  // A zero in front keeps DER's integer from being negative.
  const digits = integer[0] === 0 ? integer.subarray(1) : integer
  joined.set(digits, end - digits.length)
}

/** Where the integer's first byte that is not zero stands; `to` when all are. */
function firstOf(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to && bytes[at] === 0) at += 1
  return at
}

function paddingAt(bytes: Uint8Array, at: number): 0 | 1 {
  return (bytes[at] ?? 0) >= 0x80 ? 1 : 0
}
