import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyRing } from './key-ring.js'

/** A directory's keys as they are now, while somebody rotates or withdraws them. */
export interface LiveKeyRing {
  /** Always the newest that could be read; whoever keeps it need not know of changes. */
  readonly keys: KeyRing
  /**
   * Reads the directory again when something in it has changed; returns whether it had.
   *
   * @throws HubError `SIGNING_KEYS_INVALID` when it cannot be read as it stands: the keys from before stay in use.
   */
  refresh(): Promise<boolean>
}

/**
 * Opens a directory's keys so that they can be read again. Asked for at intervals, not told by the file system: where
 * secrets are mounted, files change without an event.
 *
 * @param open - Reads the directory with every check, at the start and after each change.
 */
export async function openLiveKeyRing(
  directory: string,
  open: () => Promise<KeyRing>,
): Promise<LiveKeyRing> {
  // Before the keys: what changes in between is read twice, not missed.
  let version = await readVersion(directory)
  let current = await open()
  // Test keys are made by opening.
  version ??= await readVersion(directory)
  return {
    keys: {
      get isTest() {
        return current.isTest
      },
      get anchors() {
        return current.anchors
      },
      get entries() {
        return current.entries
      },
      published: (at) => current.published(at),
      signer: (algorithm, at) => current.signer(algorithm, at),
      has: (algorithm, at) => current.has(algorithm, at),
    },
    refresh: async () => {
      const found = await readVersion(directory)
      if (found === null || found === version) return false
      current = await open()
      version = found
      return true
    },
  }
}

/** What stands in the manifest, and which files lie beside it: a private key may arrive later. Null without a manifest. */
async function readVersion(directory: string): Promise<string | null> {
  const manifest = await readFile(join(directory, 'keys.json'), 'utf8').catch(() => null)
  if (manifest === null) return null
  const names = (await readdir(directory)).filter((name) => name.endsWith('.key.pem'))
  return [...names.sort(), manifest].join('\n')
}
