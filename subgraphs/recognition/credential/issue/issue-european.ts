import { createHash, X509Certificate } from 'node:crypto'
import type { CredentialSource, Issuance } from '../credential-source.js'
import { invariant } from '../invariant.js'
import { readOrganizationIdentifier } from '../keys/certificate-subject.js'
import { toIssuerSerial } from '../keys/issuer-serial.js'
import type { Signer } from '../keys/signer.js'
import { toInstant } from './compact-jws.js'
import { buildEuropeanCredential } from './elm/build-european-credential.js'
import type { IssueDeps } from './issue-vc-jwt.js'

/**
 * A European Digital Credential under a JAdES baseline B seal, as general JSON: the payload stays readable text.
 *
 * @see ETSI TS 119 182-1, 5.1 and 5.2.1 (`sigT`); RFC 7797 (`b64: false`).
 */
export async function issueEuropeanCredential(
  source: CredentialSource,
  issuance: Issuance,
  { keys }: IssueDeps,
): Promise<string> {
  const signer = keys.signer(
    keys.has('RS256', issuance.issuedAt) ? 'RS256' : 'ES256',
    issuance.issuedAt,
  )
  const credential = buildEuropeanCredential(
    source,
    issuance,
    describeCertificate(signer).legalIdentifier,
  )
  return sealJades(JSON.stringify(credential), signer, issuance.issuedAt)
}

/** `payload` sealed as it is, byte for byte. */
export async function sealJades(payload: string, signer: Signer, at: Date): Promise<string> {
  const { issuerSerial, digest } = describeCertificate(signer)
  const header = {
    alg: signer.algorithm,
    kid: issuerSerial,
    'x5t#S256': digest,
    x5c: signer.certificateChain,
    typ: 'jose+json',
    b64: false,
    sigT: toInstant(at),
    crit: ['b64', 'sigT'],
  }
  const protectedHeader = Buffer.from(JSON.stringify(header)).toString('base64url')
  const signature = await signer.sign(`${protectedHeader}.${payload}`)
  return JSON.stringify({
    payload,
    signatures: [
      { protected: protectedHeader, signature: Buffer.from(signature).toString('base64url') },
    ],
  })
}

interface SealCertificate {
  readonly legalIdentifier: string
  readonly issuerSerial: string
  readonly digest: string
}

// Taking a certificate apart costs as much as a signature, and a signer's never changes.
const described = new WeakMap<Signer, SealCertificate>()

function describeCertificate(signer: Signer): SealCertificate {
  const known = described.get(signer)
  if (known !== undefined) return known
  const [certificate] = signer.certificateChain
  invariant(certificate, 'a seal needs a certificate')
  const der = Buffer.from(certificate, 'base64')
  const legalIdentifier = readOrganizationIdentifier(new X509Certificate(der))
  invariant(legalIdentifier, 'a seal certificate names its legal person')
  const digest = createHash('sha256').update(der).digest('base64url')
  const description = { legalIdentifier, issuerSerial: toIssuerSerial(der), digest }
  described.set(signer, description)
  return description
}
