import { generateKeyPairSync, sign } from 'node:crypto'

export interface SelfSignedCertificate {
  readonly certPem: string
  readonly keyPem: string
}

const oids = {
  commonName: [0x55, 0x04, 0x03],
  basicConstraints: [0x55, 0x1d, 0x13],
  subjectAltName: [0x55, 0x1d, 0x11],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
} as const

/**
 * A fresh certificate for localhost and 127.0.0.1 that is its own authority, valid for a day. Written out in DER (RFC
 * 5280), because Node can read certificates but not make them, and `openssl` is not on every machine.
 */
export function createSelfSignedCertificate(): SelfSignedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(oid(oids.ecdsaWithSha256))
  const name = sequence(
    set(sequence(oid(oids.commonName), der(0x0c, Buffer.from('test authority')))),
  )
  const hour = 3_600_000
  const validity = sequence(utcTime(Date.now() - hour), utcTime(Date.now() + 24 * hour))
  const altNames = sequence(
    der(0x82, Buffer.from('localhost')),
    der(0x87, Buffer.from([127, 0, 0, 1])),
  )
  const isAuthority = sequence(der(0x01, Buffer.from([0xff])))
  const extensions = sequence(
    sequence(oid(oids.basicConstraints), der(0x01, Buffer.from([0xff])), octets(isAuthority)),
    sequence(oid(oids.subjectAltName), octets(altNames)),
  )
  const toBeSigned = sequence(
    der(0xa0, integer(2)),
    integer(1),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  const certificate = sequence(toBeSigned, algorithm, bits(signature))
  return {
    certPem: toPem('CERTIFICATE', certificate),
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** One DER element: tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const printed =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...printed]), content])
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts)
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...parts)
const oid = (bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes))
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]))
const octets = (content: Buffer): Buffer => der(0x04, content)
/** A bit string of whole bytes: none of the last one's bits are unused. */
const bits = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content)

function utcTime(at: number): Buffer {
  // YYMMDDhhmmssZ
  const digits = new Date(at).toISOString().replace(/\D/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${digits}Z`))
}

function toPem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
