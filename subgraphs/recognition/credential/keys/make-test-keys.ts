import { generateKeyPair } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { calculateJwkThumbprint } from 'jose'
import { HubError } from '../../../../schema/index.js'
import {
  hasManifest,
  readManifest,
  readPrivateKey,
  toPublicJwk,
  writeManifest,
  writePrivateKey,
} from './key-files.js'
import { type KeyEntry, succeedKey } from './key-manifest.js'
import { rsaModulusBits, type SigningAlgorithm } from './signer.js'
import {
  type CertifiedOrganisation,
  createTestAuthority,
  openTestAuthority,
  type TestAuthority,
} from './test-authority.js'

const authorityFile = 'test-authority.key.pem'
const generate = promisify(generateKeyPair)

/**
 * Makes keys for development when the directory has none: a test authority, an ES256 and an RS256 key, each with a
 * certificate whose names say TEST. Leaves an existing directory as it is.
 */
export async function ensureTestKeys(
  directory: string,
  organisation: CertifiedOrganisation,
  now: Date,
): Promise<void> {
  if (await hasManifest(directory)) return
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const pair = await generate('ec', { namedCurve: 'P-256' })
  const authority = await createTestAuthority(pair, now)
  await writePrivateKey(join(directory, authorityFile), pair.privateKey)
  const keys: KeyEntry[] = []
  for (const algorithm of ['ES256', 'RS256'] as const) {
    keys.push(await addKey(directory, { algorithm, authority, organisation, now, signsFrom: now }))
  }
  await writeManifest(directory, {
    version: 1,
    isTest: true,
    anchors: [authority.certificate],
    keys,
  })
}

/**
 * Puts a new key of this algorithm into use. It is published at once and signs after `overlapSeconds`, until when the
 * old one goes on; the old one stays published, because what it sealed stays valid.
 *
 * @throws HubError `SIGNING_KEYS_INVALID` when the directory's certificates do not come from a test authority: a real
 * certificate is ordered, not made.
 */
export async function rotateTestKey(
  directory: string,
  options: {
    readonly algorithm: SigningAlgorithm
    readonly organisation: CertifiedOrganisation
    readonly now: Date
    readonly overlapSeconds: number
  },
): Promise<KeyEntry> {
  const manifest = await readManifest(directory)
  const [anchor] = manifest.anchors
  const authorityKey = await readPrivateKey(join(directory, authorityFile))
  if (!manifest.isTest || anchor === undefined || authorityKey === null) {
    throw new HubError('SIGNING_KEYS_INVALID', { message: 'only test keys are made here' })
  }
  const signsFrom = new Date(options.now.getTime() + options.overlapSeconds * 1000)
  const authority = openTestAuthority(authorityKey, anchor)
  const added = await addKey(directory, { ...options, authority, signsFrom })
  await writeManifest(directory, succeedKey(manifest, added))
  return added
}

async function addKey(
  directory: string,
  options: {
    readonly algorithm: SigningAlgorithm
    readonly authority: TestAuthority
    readonly organisation: CertifiedOrganisation
    readonly now: Date
    readonly signsFrom: Date
  },
): Promise<KeyEntry> {
  const { algorithm, authority, organisation, now, signsFrom } = options
  const { privateKey, publicKey } =
    algorithm === 'ES256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: rsaModulusBits })
  const publicJwk = toPublicJwk(privateKey)
  const keyId = await calculateJwkThumbprint(publicJwk)
  const certificate = await authority.certify(organisation, { publicKey, algorithm }, now)
  await writePrivateKey(join(directory, `${keyId}.key.pem`), privateKey)
  return {
    keyId,
    algorithm,
    publicJwk: publicJwk as KeyEntry['publicJwk'],
    certificateChain: [certificate],
    publishedFrom: now.toISOString(),
    signsFrom: signsFrom.toISOString(),
    signsUntil: null,
    withdrawnAt: null,
  }
}
