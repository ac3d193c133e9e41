// The certificate library registers its algorithms with decorator metadata.
import 'reflect-metadata'
import { type KeyObject, webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import type { OrganisationProfile } from '../credential-source.js'
import type { SigningAlgorithm } from './signer.js'

/** What a certificate says of the organisation it seals for. */
export type CertifiedOrganisation = Pick<OrganisationProfile, 'legalNames' | 'countryCode'>

/** Base64 DER of a certificate. */
type CertificateText = string

/** The authority that signs certificates for seals in development. Nobody else trusts it, and its name says TEST. */
export interface TestAuthority {
  readonly certificate: CertificateText
  /** A certificate for a seal of `organisation`, valid for two years. */
  certify(
    organisation: CertifiedOrganisation,
    key: { readonly publicKey: KeyObject; readonly algorithm: SigningAlgorithm },
    from: Date,
  ): Promise<CertificateText>
}

const authorityName =
  'CN=TEST Certificate Authority for development only, O=TEST no legal value, C=NL'
const dayMs = 86_400_000

/** The attribute that names a legal person in a seal's certificate (ETSI EN 319 412-1, 5.1.4). */
const organizationIdentifier = '2.5.4.97'

/** The algorithm names WebCrypto knows our keys by. */
const importAlgorithms = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
} as const satisfies Readonly<Record<SigningAlgorithm, object>>

/** Legal identifier in certificates of the test authority: the form is right, the number is nobody's. */
export function testLegalIdentifier(countryCode: string): string {
  return `NTR${countryCode}-TEST00000000`
}

/** Makes a new authority from an EC P-256 key pair, valid for ten years. */
export async function createTestAuthority(
  keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
  from: Date,
): Promise<TestAuthority> {
  const [privateKey, publicKey] = await Promise.all([
    importKey(keys.privateKey, 'ES256', 'sign'),
    importKey(keys.publicKey, 'ES256', 'verify'),
  ])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: authorityName,
      notBefore: from,
      notAfter: new Date(from.getTime() + 3652 * dayMs),
      keys: { privateKey, publicKey },
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(publicKey),
      ],
    },
    webcrypto as Crypto,
  )
  return openTestAuthority(keys.privateKey, certificate.toString('base64'))
}

/** The authority behind an existing certificate and its private key. */
export function openTestAuthority(
  privateKey: KeyObject,
  certificate: CertificateText,
): TestAuthority {
  return {
    certificate,
    certify: async (organisation, key, from) => {
      const leaf = await X509CertificateGenerator.create(
        {
          serialNumber: serialNumber(),
          issuer: authorityName,
          subject: [
            { C: [organisation.countryCode] },
            { O: [organisation.legalNames.en] },
            { [organizationIdentifier]: [testLegalIdentifier(organisation.countryCode)] },
            { CN: [`TEST SEAL of ${organisation.legalNames.en}`.slice(0, 64)] },
          ],
          notBefore: from,
          notAfter: new Date(from.getTime() + 730 * dayMs),
          publicKey: await importKey(key.publicKey, key.algorithm, 'verify'),
          signingKey: await importKey(privateKey, 'ES256', 'sign'),
          signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
          extensions: [
            new BasicConstraintsExtension(false, undefined, true),
            new KeyUsagesExtension(
              KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation,
              true,
            ),
          ],
        },
        webcrypto as Crypto,
      )
      return leaf.toString('base64')
    },
  }
}

function importKey(
  key: KeyObject,
  algorithm: SigningAlgorithm,
  usage: 'sign' | 'verify',
): Promise<CryptoKey> {
  return webcrypto.subtle.importKey(
    'jwk',
    key.export({ format: 'jwk' }),
    importAlgorithms[algorithm],
    true,
    [usage],
  ) as Promise<CryptoKey>
}

function serialNumber(): string {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
  // A leading bit would make the DER integer negative.
  bytes[0] = (bytes[0] ?? 0) & 0x7f
  return bytes.toString('hex')
}
