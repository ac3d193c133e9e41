import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type GuardedProcess, ProcessNotReady, startGuardedProcess } from '../../runtime/index.js'

export interface Restarter {
  /** Builds and restarts; changes that come while it is busy lead to one more round. */
  restart(): void
  stop(): Promise<void>
}

interface RestarterOptions {
  readonly rootDirectory: string
  /** Command line for the launcher. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly print: (line: string) => void
}

/** Keeps one launcher running from the latest build. */
export function createRestarter(options: RestarterOptions): Restarter {
  const { print } = options
  let hub: GuardedProcess | undefined
  let isWanted = false
  let isStopped = false
  let work: Promise<void> | undefined

  const round = async () => {
    while (isWanted && !isStopped) {
      isWanted = false
      const startedAt = performance.now()
      // The build emits in spite of type errors: they are shown, and the hub runs as far as it can.
      const errors = await build(options.rootDirectory)
      if (errors !== '') print(errors)
      await hub?.stop()
      hub = undefined
      if (isStopped) return
      hub = await startHub(options)
      const tookMs = Math.round(performance.now() - startedAt)
      print(
        hub
          ? `dev: running after ${tookMs} ms; waiting for changes`
          : 'dev: not running; waiting for changes',
      )
    }
  }
  return {
    restart: () => {
      isWanted = true
      work ??= round().finally(() => {
        work = undefined
      })
    },
    stop: async () => {
      isStopped = true
      await work
      await hub?.stop()
    },
  }
}

async function startHub(options: RestarterOptions): Promise<GuardedProcess | undefined> {
  const main = join(options.rootDirectory, '.build', 'infra', 'launch', 'main.js')
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(options.env)) {
    if (value !== undefined) env[name] = value
  }
  try {
    return await startGuardedProcess({
      command: process.execPath,
      args: [main, ...options.args],
      cwd: options.rootDirectory,
      env,
      stopSignal: 'TERM',
      readyLine: /Ctrl-C stops everything/,
      readyTimeoutMs: 120_000,
      stopTimeoutMs: 20_000,
      onLine: options.print,
    })
  } catch (error) {
    if (error instanceof ProcessNotReady) return undefined
    throw error
  }
}

/** Returns the compiler's complaints, empty when there are none. */
async function build(rootDirectory: string): Promise<string> {
  const compiler = join(rootDirectory, 'node_modules', 'typescript', 'bin', 'tsc')
  const child = spawn(process.execPath, [compiler, '-p', '.'], {
    cwd: rootDirectory,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  await once(child, 'close')
  return output.trim()
}
