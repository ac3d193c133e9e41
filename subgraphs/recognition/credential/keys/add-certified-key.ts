import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { HubError } from '../../../../schema/index.js'
import { readOrganizationIdentifier } from './certificate-subject.js'
import {
  hasManifest,
  readManifest,
  toPublicJwk,
  writeManifest,
  writePrivateKey,
} from './key-files.js'
import { type KeyEntry, type KeyManifest, succeedKey } from './key-manifest.js'
import { minimumSealingRsaBits, type SigningAlgorithm } from './signer.js'

export interface CertifiedKeyOptions {
  readonly algorithm: SigningAlgorithm
  /** PEM (PKCS #8). */
  readonly privateKey: string
  /** PEM: the seal's certificate, those between, and the authority's own as the last. */
  readonly certificates: string
  readonly now: Date
  /** How long the key is published before it signs. Nobody waits for the first one of an algorithm. */
  readonly overlapSeconds: number
}

/**
 * Puts a key with a certificate from a certificate authority into use; makes the directory when there is none.
 *
 * @throws HubError `SIGNING_KEYS_INVALID` when certificate and key do not belong together, the certificate is not valid
 * now, names no legal person or does not lead to the authority's, or when the directory has test keys: what those sealed
 * must not pass as the real thing.
 */
export async function addCertifiedKey(
  directory: string,
  options: CertifiedKeyOptions,
): Promise<KeyEntry> {
  const { algorithm, now } = options
  const privateKey = readKey(options.privateKey, algorithm)
  const { chain, anchor } = readChain(options.certificates, privateKey, now)
  const manifest = await openManifest(directory)
  if (manifest.isTest) refuse('the directory has test keys: take another one for real keys')
  const publicJwk = toPublicJwk(privateKey)
  const keyId = await calculateJwkThumbprint(publicJwk)
  if (manifest.keys.some((entry) => entry.keyId === keyId)) refuse('the directory has this key')
  const isFirst = !manifest.keys.some((entry) => entry.algorithm === algorithm)
  const waitSeconds = isFirst ? 0 : options.overlapSeconds
  const entry: KeyEntry = {
    keyId,
    algorithm,
    publicJwk: publicJwk as KeyEntry['publicJwk'],
    certificateChain: chain.map(toText),
    publishedFrom: now.toISOString(),
    signsFrom: new Date(now.getTime() + waitSeconds * 1000).toISOString(),
    signsUntil: null,
    withdrawnAt: null,
  }
  await writePrivateKey(join(directory, `${keyId}.key.pem`), privateKey)
  const anchors = [...new Set([...manifest.anchors, toText(anchor)])]
  await writeManifest(directory, { ...succeedKey(manifest, entry), anchors })
  return entry
}

async function openManifest(directory: string): Promise<KeyManifest> {
  if (await hasManifest(directory)) return readManifest(directory)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  return { version: 1, isTest: false, anchors: [], keys: [] }
}

function readKey(pem: string, algorithm: SigningAlgorithm): KeyObject {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    // Without the cause: its text may quote the key.
    return refuse('the private key is no PEM without a passphrase')
  }
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
  const fits =
    algorithm === 'ES256'
      ? namedCurve === 'prime256v1'
      : key.asymmetricKeyType === 'rsa' && modulusLength >= minimumSealingRsaBits
  const demand = algorithm === 'ES256' ? 'P-256' : `RSA of ${minimumSealingRsaBits} bits or more`
  return fits ? key : refuse(`the private key is not fit for ${algorithm} (${demand})`)
}

function readChain(
  pem: string,
  privateKey: KeyObject,
  now: Date,
): { readonly chain: readonly X509Certificate[]; readonly anchor: X509Certificate } {
  const texts = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  const certificates = texts.map(readCertificate)
  const [leaf] = certificates
  const anchor = certificates.at(-1)
  if (leaf === undefined || anchor === undefined || leaf === anchor) {
    return refuse('the certificates are not the seal’s and its authority’s')
  }
  if (!leaf.checkPrivateKey(privateKey)) refuse('the certificate is another key’s')
  if (readOrganizationIdentifier(leaf) === null) {
    refuse('the certificate names no legal person (organizationIdentifier)')
  }
  for (const [index, certificate] of certificates.entries()) {
    if (
      Date.parse(certificate.validFrom) > now.getTime() ||
      Date.parse(certificate.validTo) <= now.getTime()
    ) {
      refuse(`certificate ${index + 1} is not valid now`)
    }
    const issuer = certificates[index + 1]
    const isSigned =
      issuer === undefined ||
      (issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey))
    if (!isSigned) refuse(`certificate ${index + 2} did not sign the one before it`)
  }
  if (!anchor.ca) refuse('the last certificate is no authority’s')
  return { chain: certificates.slice(0, -1), anchor }
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    return refuse('a certificate cannot be read')
  }
}

function toText(certificate: X509Certificate): string {
  return certificate.raw.toString('base64')
}

function refuse(message: string): never {
  throw new HubError('SIGNING_KEYS_INVALID', { message })
}
