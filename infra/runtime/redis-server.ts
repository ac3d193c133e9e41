import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from './free-port.js'
import { type GuardedProcess, ProcessNotReady, startGuardedProcess } from './guarded-process.js'
import type { Logger } from './logger.js'
import { fetchRedis, findRedisOnPath, type RedisProgram } from './redis-program.js'
import { RuntimeFailure } from './runtime-failure.js'

export interface RedisOptions {
  /** 0 picks a free port. */
  readonly port: number
  /** Where a fetched Redis is kept for the next start. */
  readonly cacheDirectory: string
  /** Where to look for an installed server and for Debian's tools: the PATH of this process. */
  readonly searchPath: string
  /** Default: a new one every time. */
  readonly password?: string
  readonly log: Logger
  /** Told what takes time, in words for a terminal. */
  readonly onProgress?: (step: string) => void
}

export interface RunningRedis {
  /** Holds a password, so it is not for logs. */
  readonly url: string
  readonly port: number
  /** Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts a Redis (or Valkey) on 127.0.0.1 for caching: nothing is written to disk, memory is bounded, a password is
 * generated. Takes the installed server, else fetches Debian's package into `cacheDirectory` without installing it. It
 * stops with this process, even when that is killed.
 *
 * @throws RuntimeFailure `REDIS_UNAVAILABLE`, or `PORT_TAKEN` when `port` is not 0 and in use.
 */
export async function startRedis(options: RedisOptions): Promise<RunningRedis> {
  const program = (await findRedisOnPath(options.searchPath)) ?? (await fetchRedis(options))
  const directory = await mkdtemp(join(tmpdir(), 'hub-redis-'))
  try {
    const running = await startServer(options, program, directory)
    options.log.debug('Redis serves', { port: running.port, program: program.command })
    return running
  } catch (error) {
    if (error instanceof RuntimeFailure) throw error
    throw new RuntimeFailure(
      'REDIS_UNAVAILABLE',
      `Redis did not start (${error instanceof Error ? error.message : String(error)}): install redis-server, or set REDIS_URL`,
      error,
    )
  } finally {
    // The server has read its configuration and writes nothing.
    await rm(directory, { recursive: true, force: true })
  }
}

async function startServer(
  options: RedisOptions,
  program: RedisProgram,
  directory: string,
): Promise<RunningRedis> {
  const password = options.password ?? randomBytes(18).toString('base64url')
  // A file, because arguments are there for every user of the machine to read.
  const file = join(directory, 'redis.conf')
  await chmod(directory, 0o700)
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port === 0 ? await findFreePort() : options.port
    await writeFile(file, configuration(port, password), { mode: 0o600 })
    try {
      const server: GuardedProcess = await startGuardedProcess({
        command: program.command,
        args: [file],
        cwd: '/',
        env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', ...program.env },
        stopSignal: 'TERM',
        readyLine: /ready to accept connections/i,
        readyTimeoutMs: 20_000,
      })
      return { url: `redis://:${password}@127.0.0.1:${port}`, port, stop: () => server.stop() }
    } catch (error) {
      const isPortTaken =
        error instanceof ProcessNotReady &&
        error.output.some((line) => /address already in use/i.test(line))
      if (!isPortTaken) throw error
      if (options.port !== 0) {
        throw new RuntimeFailure('PORT_TAKEN', `port ${port}, meant for Redis, is in use`, error)
      }
      if (attempt === 5) throw error
    }
  }
}

function configuration(port: number, password: string): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    'save ""',
    'appendonly no',
    'daemonize no',
    'maxmemory 256mb',
    // Entries with a time to live may go; counters without one, such as cache generations, must not.
    'maxmemory-policy volatile-lru',
    '',
  ].join('\n')
}
