import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JWK } from 'jose'
import { HubError } from '../../../../schema/index.js'
import { type KeyManifest, parseKeyManifest } from './key-manifest.js'

const manifestFile = 'keys.json'

/** Whether the directory has a manifest of keys. */
export function hasManifest(directory: string): Promise<boolean> {
  return exists(join(directory, manifestFile))
}

/** The public part of a private key, and nothing else of it. */
export function toPublicJwk(privateKey: KeyObject): JWK {
  return createPublicKey(privateKey).export({ format: 'jwk' }) as JWK
}

/**
 * The manifest of a directory.
 *
 * @throws HubError `SIGNING_KEYS_INVALID` that says what is wrong with it.
 */
export async function readManifest(directory: string): Promise<KeyManifest> {
  const text = await readFile(join(directory, manifestFile), 'utf8').catch((cause: unknown) => {
    throw new HubError('SIGNING_KEYS_INVALID', { message: `${manifestFile} is missing`, cause })
  })
  const result = parseKeyManifest(text)
  if (result.ok) return result.manifest
  throw new HubError('SIGNING_KEYS_INVALID', { message: `${manifestFile}: ${result.fault}` })
}

/** Writes the manifest beside the old one and renames it: a reader sees the old or the new one, never half. */
export async function writeManifest(directory: string, manifest: KeyManifest): Promise<void> {
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

/** Writes a private key that its owner alone can read; never over another. */
export async function writePrivateKey(file: string, key: KeyObject): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(key.export({ format: 'pem', type: 'pkcs8' }))
  } finally {
    await handle.close()
  }
}

/**
 * A private key, or null when there is no such file.
 *
 * @throws HubError `SIGNING_KEYS_INVALID` that names the file, never its content.
 */
export async function readPrivateKey(file: string): Promise<KeyObject | null> {
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
