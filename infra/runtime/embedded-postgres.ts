import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findFreePort } from './free-port.js'
import {
  type GuardedProcess,
  ProcessNotReady,
  type ProcessOwner,
  runToEnd,
  startGuardedProcess,
} from './guarded-process.js'
import type { Logger } from './logger.js'
import {
  findPostgresBinaries,
  type PostgresBinaries,
  reachableBinaries,
} from './postgres-binaries.js'
import { findPostgresOwner } from './postgres-directory.js'
import { releaseDataDirectory } from './postmaster-file.js'
import { RuntimeFailure } from './runtime-failure.js'

export interface EmbeddedPostgresOptions {
  /** Holds the cluster; made when absent. As root, every folder above it must let others pass. */
  readonly dataDirectory: string
  /** 0 picks a free port. */
  readonly port: number
  readonly log: Logger
  /** Told what takes time, in words for a terminal. */
  readonly onProgress?: (step: string) => void
  /** Whether committed data survives a power cut; default true. False is for tests: about twice as fast. */
  readonly durable?: boolean
}

export interface RunningPostgres {
  /** URL of the superuser on the database `postgres`; holds a password, so it is not for logs. */
  readonly url: string
  readonly port: number
  /** Shuts down cleanly. Safe to call twice. */
  stop(): Promise<void>
}

const passwordFile = 'hub-password'
/** No locale of the machine: messages we match on stay English, and children inherit nothing of ours. */
const environment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * Starts the Postgres of the npm package on 127.0.0.1, with a generated password. First start about 1 s (initdb), later
 * ones under 100 ms. The server stops with this process, even when that is killed.
 *
 * @throws RuntimeFailure `DATABASE_UNAVAILABLE`, or `PORT_TAKEN` when `port` is not 0 and in use.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<RunningPostgres> {
  const { dataDirectory, log } = options
  const owner = await findPostgresOwner()
  const installed = await findPostgresBinaries()
  try {
    await mkdir(dirname(dataDirectory), { recursive: true })
    const binaries = await reachableBinaries(installed, owner, dirname(dataDirectory))
    await releaseDataDirectory(dataDirectory)
    const password =
      (await readPassword(dataDirectory)) ?? (await createCluster(options, binaries, owner))
    const { server, port } = await startServer(options, binaries.postgres, owner)
    log.debug('embedded Postgres serves', { port, pid: server.pid })
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      port,
      stop: () => server.stop(),
    }
  } catch (error) {
    if (error instanceof RuntimeFailure) throw error
    throw new RuntimeFailure(
      'DATABASE_UNAVAILABLE',
      `embedded Postgres did not start in ${dataDirectory}: ${error instanceof Error ? error.message : String(error)}`,
      error,
    )
  }
}

async function readPassword(dataDirectory: string): Promise<string | undefined> {
  try {
    return (await readFile(join(dataDirectory, passwordFile), 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Beside, then renamed: a start that is cut off leaves no half cluster behind. */
async function createCluster(
  options: EmbeddedPostgresOptions,
  binaries: PostgresBinaries,
  owner: ProcessOwner | undefined,
): Promise<string> {
  options.onProgress?.('creating the database cluster')
  const fresh = `${options.dataDirectory}.new-${process.pid}`
  const passwordSource = `${fresh}.password`
  const password = randomBytes(18).toString('base64url')
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await writeFile(passwordSource, `${password}\n`, { mode: 0o600 })
  try {
    if (owner) {
      await chown(fresh, owner.uid, owner.gid)
      await chown(passwordSource, owner.uid, owner.gid)
    }
    await runToEnd(
      binaries.initdb,
      [
        ...['-D', fresh, '-U', 'postgres', `--pwfile=${passwordSource}`, '-A', 'scram-sha-256'],
        // Postgres' own UTF-8 locale by code point: the same order on every machine, and as in JavaScript.
        ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin'],
        ...['--builtin-locale=C.UTF-8', '--no-sync', '--no-instructions'],
      ],
      { cwd: dirname(fresh), env: environment, timeoutMs: 60_000, ...(owner && { owner }) },
    )
    await rename(passwordSource, join(fresh, passwordFile))
    await rename(fresh, options.dataDirectory)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    throw error
  } finally {
    await rm(passwordSource, { force: true })
  }
  return password
}

async function startServer(
  options: EmbeddedPostgresOptions,
  postgres: string,
  owner: ProcessOwner | undefined,
): Promise<{ server: GuardedProcess; port: number }> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    // 14 databases with a pool each, and test suites beside each other.
    'max_connections=400',
    // Clients see their own errors; in our log a failing statement could show personal data.
    'log_min_messages=log',
    'log_min_error_statement=panic',
    ...(options.durable === false
      ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
      : []),
  ]
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port === 0 ? await findFreePort() : options.port
    try {
      const server = await startGuardedProcess({
        command: postgres,
        args: [
          '-D',
          options.dataDirectory,
          '-p',
          String(port),
          ...settings.flatMap((s) => ['-c', s]),
        ],
        cwd: options.dataDirectory,
        env: environment,
        stopSignal: 'INT',
        readyLine: /database system is ready to accept connections/,
        readyTimeoutMs: 60_000,
        ...(owner && { owner }),
      })
      return { server, port }
    } catch (error) {
      const isPortTaken =
        error instanceof ProcessNotReady &&
        error.output.some((line) => line.includes('Address already in use'))
      if (!isPortTaken) throw error
      if (options.port !== 0) {
        throw new RuntimeFailure('PORT_TAKEN', `port ${port}, meant for Postgres, is in use`, error)
      }
      if (attempt === 5) throw error
    }
  }
}
