import { access, constants, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { createAptDownloader, type PackageDownloader } from './apt-download.js'
import { runToEnd } from './guarded-process.js'
import { RuntimeFailure } from './runtime-failure.js'

export interface RedisProgram {
  readonly command: string
  /** What the program needs in its environment to find its libraries. */
  readonly env: Readonly<Record<string, string>>
}

const serverNames = ['redis-server', 'valkey-server']
const waysOut = 'install redis-server, or set REDIS_URL'

/** The installed `redis-server` or `valkey-server`; undefined when neither is on the path. */
export async function findRedisOnPath(searchPath: string): Promise<RedisProgram | undefined> {
  const command = await findOnPath(searchPath, serverNames)
  return command === undefined ? undefined : { command, env: {} }
}

/**
 * Debian's own Redis, unpacked into `<cacheDirectory>/redis` and not installed: no service, no root. The second call
 * finds it there. About 7 MB and two seconds on a good line.
 *
 * @throws RuntimeFailure `REDIS_UNAVAILABLE` that names the ways out.
 */
export async function fetchRedis(options: {
  readonly cacheDirectory: string
  readonly searchPath: string
  readonly onProgress?: (step: string) => void
}): Promise<RedisProgram> {
  // The tools that unpack run in directories of their own.
  const cacheDirectory = resolve(options.cacheDirectory)
  const home = join(cacheDirectory, 'redis')
  const cached = await findUnpacked(home)
  if (cached && (await canRun(cached))) return cached
  for (const tool of ['apt-get', 'dpkg-deb']) {
    if ((await findOnPath(options.searchPath, [tool])) === undefined) {
      throw new RuntimeFailure(
        'REDIS_UNAVAILABLE',
        `no redis-server or valkey-server on PATH, and no ${tool} to fetch one with: ${waysOut}`,
      )
    }
  }
  options.onProgress?.("fetching Redis from Debian's archive, once")
  await mkdir(cacheDirectory, { recursive: true })
  // Beside, then renamed: a fetch that is cut off leaves nothing half done, and two at once do no harm.
  const work = await mkdtemp(join(cacheDirectory, 'redis-fetch-'))
  try {
    const fresh = join(work, 'root')
    await unpackWithLibraries(createAptDownloader(work), fresh)
    // What was there cannot run, for example after an upgrade of the system.
    if (cached) await rm(home, { recursive: true, force: true })
    await rename(fresh, home).catch(async (error) => {
      if ((await findUnpacked(home)) === undefined) throw error
    })
    const program = await findUnpacked(home)
    if (program === undefined) throw new Error('the packages hold no server program')
    return program
  } catch (cause) {
    throw new RuntimeFailure(
      'REDIS_UNAVAILABLE',
      `no redis-server or valkey-server on PATH, and fetching one failed (${cause instanceof Error ? cause.message : String(cause)}): ${waysOut}`,
      cause,
    )
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Adds libraries only as far as this system lacks them, following the packages' own dependencies. */
async function unpackWithLibraries(apt: PackageDownloader, root: string): Promise<void> {
  let known = await apt.unpack(['redis-server', 'redis-tools'], root)
  const unpacked = new Set(['redis-server', 'redis-tools'])
  for (let depth = 0; depth < 4; depth += 1) {
    const program = await findUnpacked(root)
    if (program && (await missingLibraries(program)).length === 0) return
    const next = known.filter((name) => /^lib(?!c6$)/.test(name) && !unpacked.has(name))
    if (next.length === 0) break
    for (const name of next) unpacked.add(name)
    known = await apt.unpack(next, root)
  }
  const program = await findUnpacked(root)
  if (program === undefined) throw new Error('the packages hold no server program')
  const missing = await missingLibraries(program)
  if (missing.length > 0) throw new Error(`libraries missing: ${missing.join(', ')}`)
}

async function missingLibraries(program: RedisProgram): Promise<string[]> {
  const report = await runToEnd('ldd', [program.command], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', ...program.env },
    timeoutMs: 10_000,
  })
  return report
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0] ?? line)
}

async function findUnpacked(root: string): Promise<RedisProgram | undefined> {
  const command = await findOnPath(join(root, 'usr/bin'), serverNames)
  if (command === undefined) return undefined
  const directories: string[] = []
  for (const base of ['usr/lib', 'lib']) {
    const entries = await readdir(join(root, base), { withFileTypes: true }).catch(() => [])
    const triplets = entries.filter(
      (entry) => entry.isDirectory() && entry.name.includes('-linux-'),
    )
    directories.push(...triplets.map((entry) => join(root, base, entry.name)))
  }
  return { command, env: { LD_LIBRARY_PATH: directories.join(':') } }
}

async function canRun(program: RedisProgram): Promise<boolean> {
  return runToEnd(program.command, ['--version'], {
    cwd: '/',
    env: program.env,
    timeoutMs: 10_000,
  }).then(
    () => true,
    () => false,
  )
}

async function findOnPath(
  searchPath: string,
  names: readonly string[],
): Promise<string | undefined> {
  for (const directory of searchPath.split(delimiter).filter((entry) => entry !== '')) {
    for (const name of names) {
      const file = join(directory, name)
      const isExecutable = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (isExecutable) return file
    }
  }
  return undefined
}
