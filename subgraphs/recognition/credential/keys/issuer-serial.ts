import 'reflect-metadata'
import { X509Certificate } from '@peculiar/x509'

/**
 * Names a certificate by its issuer and serial number, base64 of DER: the form of `kid` in JAdES.
 *
 * @param certificate - DER.
 * @see ETSI TS 119 182-1, 5.1.4; RFC 5035: `IssuerSerial ::= SEQUENCE { GeneralNames, INTEGER }`.
 */
export function toIssuerSerial(certificate: Buffer<ArrayBuffer>): string {
  const { issuerName, serialNumber } = new X509Certificate(certificate)
  const directoryName = wrap(0xa4, Buffer.from(issuerName.toArrayBuffer()))
  const serial = wrap(0x02, Buffer.from(serialNumber, 'hex'))
  return wrap(0x30, Buffer.concat([wrap(0x30, directoryName), serial])).toString('base64')
}

function wrap(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...derLength(content.length)]), content])
}

function derLength(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff)
  return [0x80 | bytes.length, ...bytes]
}
