import { readFile } from 'node:fs/promises'
import type { Logger } from '../logger.js'
import { RuntimeFailure } from '../runtime-failure.js'
import { parseRequestKeys, type RequestKey } from './request-keys.js'

/** The keys a subgraph accepts now. */
export interface KeyRing {
  find(id: string): Promise<RequestKey | undefined>
}

/** Keys that stay as they are. */
export function toKeyRing(keys: readonly RequestKey[]): KeyRing {
  const byId = new Map(keys.map((key) => [key.id, key]))
  return { find: async (id) => byId.get(id) }
}

/** A file is read again for an unknown key at most this often: the id comes from whoever asks. */
const cooldownMs = 5_000

/**
 * Keys from a file, read again when a request names a key that is not in it: so keys change without a restart. A file
 * that cannot be read then leaves the keys as they are.
 *
 * @param now - Milliseconds of a steady clock.
 * @throws RuntimeFailure `CONFIG_INVALID` when the file cannot be read at first.
 */
export async function openKeyFile(
  file: string,
  log: Logger,
  now: () => number = () => performance.now(),
): Promise<KeyRing> {
  let ring = toKeyRing(await readKeyFile(file))
  let readAt = now()

  async function readAgain(): Promise<void> {
    readAt = now()
    try {
      ring = toKeyRing(await readKeyFile(file))
    } catch (error) {
      log.error('the keys stay as they are', { reason: String(error) })
    }
  }

  return {
    async find(id) {
      const known = await ring.find(id)
      if (known !== undefined || now() - readAt < cooldownMs) return known
      await readAgain()
      return ring.find(id)
    },
  }
}

/**
 * The keys in a file; see {@link parseRequestKeys}.
 *
 * @throws RuntimeFailure `CONFIG_INVALID`.
 */
export async function readKeyFile(file: string): Promise<readonly RequestKey[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw new RuntimeFailure('CONFIG_INVALID', `the keys ${file} cannot be read`, cause)
  }
  return parseRequestKeys(text, file)
}
