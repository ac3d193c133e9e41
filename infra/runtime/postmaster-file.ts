import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { RuntimeFailure } from './runtime-failure.js'

const waitMs = 5_000
const pollMs = 25

/**
 * Makes sure that no server uses a data directory. One that is shutting down (its hub was just killed) is waited for; a
 * lock file whose process is gone, or is some other program that got the same number after a restart, is removed.
 *
 * @throws RuntimeFailure `DATABASE_UNAVAILABLE` when another hub's server keeps running there.
 */
export async function releaseDataDirectory(dataDirectory: string): Promise<void> {
  const lockFile = join(dataDirectory, 'postmaster.pid')
  const deadline = Date.now() + waitMs
  for (;;) {
    const pid = await readPid(lockFile)
    if (pid === undefined) return
    const holder = await describeProcess(pid, dataDirectory)
    if (holder === 'other') {
      await rm(lockFile, { force: true })
      return
    }
    // Postgres itself clears the lock file of a dead process, and knows more than we do about what may be left of it.
    if (holder === 'gone') return
    if (Date.now() > deadline) {
      throw new RuntimeFailure(
        'DATABASE_UNAVAILABLE',
        `another hub is running on ${dataDirectory} (Postgres process ${pid}): stop it, or set DATABASE_URL`,
      )
    }
    await delay(pollMs)
  }
}

async function readPid(lockFile: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(lockFile, 'utf8'), 10)
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function describeProcess(
  pid: number,
  dataDirectory: string,
): Promise<'server' | 'other' | 'gone'> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'gone'
  }
  try {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    return command.split('\0').includes(dataDirectory) ? 'server' : 'other'
  } catch {
    // No /proc (macOS): believe the lock file.
    return 'server'
  }
}
