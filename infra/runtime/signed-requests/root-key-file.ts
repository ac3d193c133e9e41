import { randomBytes } from 'node:crypto'
import { link, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { RuntimeFailure } from '../runtime-failure.js'
import { readKeyFile } from './key-ring.js'
import { createRootKey, printRequestKeys, type RequestKey } from './request-keys.js'

/**
 * The root keys in a file; the first call makes the file, readable by its owner only. Of several processes that start
 * at once, all get the same keys.
 *
 * @throws RuntimeFailure `CONFIG_INVALID` when the file is there but holds no keys, or cannot be made.
 */
export async function loadOrCreateRootKeys(file: string): Promise<readonly RequestKey[]> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(draft, printRequestKeys([createRootKey()]), { mode: 0o600, flag: 'wx' })
    // A link, not a rename: it fails when another process was first, whose keys are then ours, too.
    await link(draft, file)
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
    if (!isThere)
      throw new RuntimeFailure('CONFIG_INVALID', `the keys ${file} cannot be made`, cause)
  } finally {
    await rm(draft, { force: true })
  }
  return readKeyFile(file)
}
