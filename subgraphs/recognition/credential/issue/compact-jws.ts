import type { Signer } from '../keys/signer.js'
import { encodeText } from './encode-text.js'

/** `payload` signed as a compact JWS (RFC 7515), its protected header exactly as given. */
export async function signCompactJws(
  header: Readonly<Record<string, unknown>>,
  payload: object,
  signer: Signer,
): Promise<string> {
  const input = `${encodeText(JSON.stringify(header))}.${encodeText(JSON.stringify(payload))}`
  const signature = await signer.sign(input)
  return `${input}.${Buffer.from(signature).toString('base64url')}`
}

/** An ISO instant without fractions, as the VC data model's examples have it. */
export function toInstant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

/** Seconds since 1970, as JWT claims count. */
export function toNumericDate(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
