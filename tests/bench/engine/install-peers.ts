import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Installs the other gateways as their lock file says, unless that has been done already.
 *
 * @returns Null, or why they could not be installed.
 */
export async function installPeers(
  directory: string,
  note: (text: string) => void,
): Promise<string | null> {
  const lock = join(directory, 'package-lock.json')
  // A copy of the lock file that was installed: written last, so an install that was cut off is done again.
  const installed = join(directory, 'node_modules', '.installed-lock.json')
  if ((await readText(installed)) === (await readText(lock))) return null
  note('installing the other gateways (npm ci in tests/bench/peers)')
  const child = spawn('npm', ['ci', '--prefix', directory, '--no-audit', '--no-fund'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-2_000)
    })
  }
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) return `npm ci failed: ${output.trim().split('\n').slice(-3).join(' | ')}`
  } catch (error) {
    return `npm cannot be run: ${String(error)}`
  }
  await copyFile(lock, installed)
  return null
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return null
  }
}
