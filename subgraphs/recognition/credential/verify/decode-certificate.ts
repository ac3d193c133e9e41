import { X509Certificate } from 'node:crypto'

/** The certificate in a base64 DER text; null when it is none. */
export function decodeCertificate(text: unknown): X509Certificate | null {
  if (typeof text !== 'string') return null
  try {
    return new X509Certificate(Buffer.from(text, 'base64'))
  } catch {
    return null
  }
}
