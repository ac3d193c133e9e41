import type { IssuerIdentity } from '../keys/issuer-identity.js'
import type { Signer } from '../keys/signer.js'
import { encodeText } from './encode-text.js'

/** `payload` signed as a compact JWS (RFC 7515), its protected header exactly as given. */
export async function signCompactJws(
  header: Readonly<Record<string, unknown>>,
  payload: object,
  signer: Signer,
): Promise<string> {
  return signEncodedJws(
    encodeText(JSON.stringify(header)),
    encodeText(JSON.stringify(payload)),
    signer,
  )
}

/** The same for a header and a payload that are encoded already. */
export async function signEncodedJws(
  header: string,
  payload: string,
  signer: Signer,
): Promise<string> {
  const input = `${header}.${payload}`
  const { buffer, byteOffset, byteLength } = await signer.sign(input)
  return `${input}.${Buffer.from(buffer, byteOffset, byteLength).toString('base64url')}`
}

/** Encodes the header that `build` makes for a signer, once for each: it is the same in every document. */
export function createHeaderEncoder(
  build: (signer: Signer, issuer: IssuerIdentity) => Readonly<Record<string, unknown>>,
): (signer: Signer, issuer: IssuerIdentity) => string {
  const known = new WeakMap<Signer, { readonly issuer: IssuerIdentity; readonly text: string }>()
  return (signer, issuer) => {
    const found = known.get(signer)
    if (found?.issuer === issuer) return found.text
    const text = encodeText(JSON.stringify(build(signer, issuer)))
    known.set(signer, { issuer, text })
    return text
  }
}

/** An ISO instant without fractions, as the VC data model's examples have it. */
export function toInstant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

/** Seconds since 1970, as JWT claims count. */
export function toNumericDate(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
