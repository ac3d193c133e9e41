import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { calculateJwkThumbprint, type JWK } from 'jose'
import { HubError } from '../../../../schema/index.js'
import type { OrganisationProfile } from '../credential-source.js'
import { createFileSigner } from './file-signer.js'
import { type KeyEntry, type KeyManifest, parseKeyManifest } from './key-manifest.js'
import { createKeyRing, type KeyRing } from './key-ring.js'
import type { Signer, SigningAlgorithm } from './signer.js'
import { createTestAuthority, openTestAuthority, type TestAuthority } from './test-authority.js'

const manifestFile = 'keys.json'
const authorityFile = 'test-authority.key.pem'
const generate = promisify(generateKeyPair)

/**
 * The keys in an issuing body's directory: `keys.json` with the public part, one `<key id>.key.pem` per private key.
 * A private key that is missing only means that it does not sign here.
 *
 * @throws HubError `SIGNING_KEYS_INVALID` when the manifest is not valid, a file is readable by others, or a private
 * key does not belong to its entry. The message names the file, never its content.
 */
export async function loadKeyRing(directory: string): Promise<KeyRing> {
  const manifest = await readManifest(directory)
  const signers = new Map<string, Signer>()
  for (const entry of manifest.keys) {
    const privateKey = await readPrivateKey(join(directory, `${entry.keyId}.key.pem`))
    if (privateKey === null) continue
    const { keyId, algorithm, certificateChain } = entry
    const publicJwk = toPublicJwk(privateKey)
    if ((await calculateJwkThumbprint(publicJwk)) !== keyId) {
      throw new HubError('SIGNING_KEYS_INVALID', { message: `${keyId}.key.pem is another key` })
    }
    signers.set(
      keyId,
      createFileSigner({ keyId, algorithm, publicJwk, certificateChain, privateKey }),
    )
  }
  const { isTest, anchors, keys } = manifest
  return createKeyRing({ isTest, anchors, entries: keys, signers })
}

/**
 * Makes keys for development when the directory has none: a test authority, an ES256 and an RS256 key, each with a
 * certificate whose names say TEST. Leaves an existing directory as it is.
 */
export async function ensureTestKeys(
  directory: string,
  organisation: OrganisationProfile,
  now: Date,
): Promise<void> {
  if (await exists(join(directory, manifestFile))) return
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
    readonly organisation: OrganisationProfile
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
  const until = signsFrom.toISOString()
  const keys = manifest.keys.map((entry) =>
    entry.algorithm === options.algorithm && entry.signsUntil === null
      ? { ...entry, signsUntil: until }
      : entry,
  )
  await writeManifest(directory, { ...manifest, keys: [...keys, added] })
  return added
}

/** Withdraws a key that may have been stolen: nothing it sealed verifies any more. */
export async function withdrawKey(directory: string, keyId: string, now: Date): Promise<void> {
  const manifest = await readManifest(directory)
  if (!manifest.keys.some((entry) => entry.keyId === keyId)) {
    throw new HubError('SIGNING_KEYS_INVALID', { message: `there is no key '${keyId}'` })
  }
  const keys = manifest.keys.map((entry) =>
    entry.keyId === keyId
      ? { ...entry, withdrawnAt: entry.withdrawnAt ?? now.toISOString() }
      : entry,
  )
  await writeManifest(directory, { ...manifest, keys })
}

async function addKey(
  directory: string,
  options: {
    readonly algorithm: SigningAlgorithm
    readonly authority: TestAuthority
    readonly organisation: OrganisationProfile
    readonly now: Date
    readonly signsFrom: Date
  },
): Promise<KeyEntry> {
  const { algorithm, authority, organisation, now, signsFrom } = options
  const { privateKey, publicKey } =
    algorithm === 'ES256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: 2048 })
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

function toPublicJwk(privateKey: KeyObject): JWK {
  return createPublicKey(privateKey).export({ format: 'jwk' }) as JWK
}

async function readManifest(directory: string): Promise<KeyManifest> {
  const text = await readFile(join(directory, manifestFile), 'utf8').catch((cause: unknown) => {
    throw new HubError('SIGNING_KEYS_INVALID', { message: `${manifestFile} is missing`, cause })
  })
  const result = parseKeyManifest(text)
  if (result.ok) return result.manifest
  throw new HubError('SIGNING_KEYS_INVALID', { message: `${manifestFile}: ${result.fault}` })
}

/** Written beside and renamed: a reader sees the old or the new one, never half. */
async function writeManifest(directory: string, manifest: KeyManifest): Promise<void> {
  const file = join(directory, manifestFile)
  const draft = `${file}.${process.pid}.draft`
  const handle = await open(draft, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}

async function writePrivateKey(file: string, key: KeyObject): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(key.export({ format: 'pem', type: 'pkcs8' }))
  } finally {
    await handle.close()
  }
}

/** Null when there is no such file. */
async function readPrivateKey(file: string): Promise<KeyObject | null> {
  if (!(await exists(file))) return null
  const { mode } = await stat(file)
  const name = file.slice(file.lastIndexOf('/') + 1)
  if ((mode & 0o077) !== 0) {
    throw new HubError('SIGNING_KEYS_INVALID', {
      message: `${name} can be read by others: chmod 600`,
    })
  }
  try {
    return createPrivateKey(await readFile(file))
  } catch {
    // Without the cause: its text may quote the file.
    throw new HubError('SIGNING_KEYS_INVALID', { message: `${name} is no private key in PEM` })
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
