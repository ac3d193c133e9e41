import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JWK } from 'jose'
import { HubError } from '../../schema/index.js'
import { createDevelopmentKey } from './development-issuer.js'

/**
 * The development issuer's private key in a state directory; made by the first call, readable by its owner only. The hub
 * and `npm run token` share it, and nothing else does.
 *
 * @throws HubError `CONFIG_INVALID` when it can be neither read nor made.
 */
export async function loadDevelopmentKey(stateDirectory: string): Promise<JWK> {
  const file = join(stateDirectory, 'development-issuer.json')
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    return await readKey(file)
  } catch {
    // Not there, or not whole: made below.
  }
  try {
    await mkdir(stateDirectory, { recursive: true })
    const key = `${JSON.stringify(await createDevelopmentKey())}\n`
    await writeFile(draft, key, { mode: 0o600, flag: 'wx' })
    // A link, not a rename: when another process was first, its key is ours, too.
    await link(draft, file).catch(() => {})
    return await readKey(file)
  } catch (cause) {
    const message = `the development issuer's key ${file} cannot be read or made`
    throw new HubError('CONFIG_INVALID', { message, cause })
  } finally {
    await rm(draft, { force: true })
  }
}

async function readKey(file: string): Promise<JWK> {
  const key = JSON.parse(await readFile(file, 'utf8')) as JWK
  if (key.kty !== 'EC' || key.d === undefined || key.kid === undefined) {
    throw new HubError('CONFIG_INVALID', { message: `${file} is no key of a development issuer` })
  }
  return key
}
