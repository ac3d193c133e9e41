import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runToEnd } from './guarded-process.js'

export interface PackageDownloader {
  /** Fetches packages of this system's release, unpacks them below `root`, and returns the names they depend on. */
  unpack(names: readonly string[], root: string): Promise<string[]>
}

const environment = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  DEBIAN_FRONTEND: 'noninteractive',
}

/**
 * Fetches packages with apt without touching the system's state: caches are private, and so are the package lists when
 * the system has none (a bare container image) or outdated ones. Works as any user.
 */
export function createAptDownloader(workDirectory: string): PackageDownloader {
  let privateLists = false
  const apt = async (args: readonly string[], cwd: string) => {
    const lists = join(workDirectory, 'lists')
    const options = [
      `Dir::Cache=${join(workDirectory, 'cache')}`,
      // No locks of the system's, and no user to switch to who could not write here.
      'Debug::NoLocking=1',
      'APT::Sandbox::User=',
      'Acquire::Retries=1',
      'Acquire::http::Timeout=15',
      ...(privateLists ? [`Dir::State::lists=${lists}`] : []),
    ]
    await mkdir(join(workDirectory, 'cache', 'archives', 'partial'), { recursive: true })
    await mkdir(join(lists, 'partial'), { recursive: true })
    return runToEnd('apt-get', ['-qq', ...options.flatMap((option) => ['-o', option]), ...args], {
      cwd,
      env: environment,
      timeoutMs: 120_000,
    })
  }
  const download = async (names: readonly string[], directory: string) => {
    try {
      await apt(['download', ...names], directory)
    } catch (error) {
      if (privateLists) throw error
      privateLists = true
      // One unreachable third-party source fails the update as a whole; the download tells whether it matters.
      const failure = await apt(['update'], directory).then(
        () => undefined,
        (cause: unknown) => cause,
      )
      await apt(['download', ...names], directory).catch((cause) => {
        throw failure ?? cause
      })
    }
  }
  let round = 0
  return {
    unpack: async (names, root) => {
      round += 1
      const directory = join(workDirectory, `round-${round}`)
      await mkdir(directory, { recursive: true })
      await download(names, directory)
      const run = (args: readonly string[]) =>
        runToEnd('dpkg-deb', args, { cwd: directory, env: environment, timeoutMs: 60_000 })
      const dependencies: string[] = []
      for (const file of await readdir(directory)) {
        if (!file.endsWith('.deb')) continue
        await run(['-x', file, root])
        dependencies.push(...packageNames(await run(['-f', file, 'Depends'])))
      }
      return [...new Set(dependencies)]
    },
  }
}

/** `libc6 (>= 2.34), libssl3 | libssl1.1` → every name, without versions. */
function packageNames(field: string): string[] {
  return field
    .split(/[,|]/)
    .map((part) => part.trim().split(/[ :(]/)[0] ?? '')
    .filter((name) => name !== '')
}
