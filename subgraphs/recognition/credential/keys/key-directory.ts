import { join } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { HubError } from '../../../../schema/index.js'
import { createFileSigner } from './file-signer.js'
import { readManifest, readPrivateKey, toPublicJwk, writeManifest } from './key-files.js'
import type { KeyManifest } from './key-manifest.js'
import { createKeyRing, type KeyRing } from './key-ring.js'
import type { Signer } from './signer.js'

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

/** The manifest of a directory as it stands: public keys, certificates, when they sign. */
export function listKeys(directory: string): Promise<KeyManifest> {
  return readManifest(directory)
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
