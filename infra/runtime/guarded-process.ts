import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface GuardedProcessOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** Whom to run it as; only root may set this. */
  readonly owner?: ProcessOwner
  /** The signal on which the program shuts down cleanly. */
  readonly stopSignal: 'INT' | 'TERM'
  /** The line of output that says the program serves. */
  readonly readyLine: RegExp
  readonly readyTimeoutMs: number
  /** Gets every line of output, also after the program is ready. */
  readonly onLine?: (line: string) => void
  /** How long a stop waits before it kills; default 10000. */
  readonly stopTimeoutMs?: number
}

export interface ProcessOwner {
  readonly uid: number
  readonly gid: number
}

export interface GuardedProcess {
  readonly pid: number
  /** Settles when the process is gone, whatever the reason. */
  readonly exited: Promise<void>
  stop(): Promise<void>
}

/** A program that ended or stayed silent instead of serving; `output` holds its last lines. */
export class ProcessNotReady extends Error {
  readonly output: readonly string[]

  constructor(reason: string, output: readonly string[]) {
    super(output.length === 0 ? reason : `${reason}: ${output.slice(-3).join(' | ')}`)
    this.name = 'ProcessNotReady'
    this.output = output
  }
}

/**
 * The guard: a shell leaves behind a reader of our pipe and then becomes the program. When the pipe closes, because we
 * stop or because we were killed (SIGKILL runs no handler), the reader signals the program. The reader is forked twice
 * so that Postgres does not take it for a child of its own.
 */
const guardScript = `signal=$1; shift
exec 3<&0 0</dev/null
( ( cat <&3 >/dev/null 2>&1; kill -s "$signal" $$ 2>/dev/null ) >/dev/null 2>&1 & )
exec 3<&-
exec "$@"`

const keptLines = 40

/**
 * Starts a server program that cannot outlive this process, and waits until it serves. It runs in a session of its own,
 * so that Ctrl-C reaches only us and we decide the order of stopping.
 *
 * @throws ProcessNotReady when it ends, or is not ready within the deadline; it is gone by then.
 */
export async function startGuardedProcess(options: GuardedProcessOptions): Promise<GuardedProcess> {
  const child = spawn(
    '/bin/sh',
    ['-c', guardScript, 'guard', options.stopSignal, options.command, ...options.args],
    {
      cwd: options.cwd,
      env: { ...options.env },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...options.owner,
    },
  )
  child.stdin.on('error', () => {
    // The program went away first: there is nobody left to tell.
  })
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      child.stdin.destroy()
      resolve()
    })
    child.once('error', () => resolve())
  })
  const stop = () => stopChild(child, exited, options.stopTimeoutMs ?? 10_000)
  try {
    await untilReady(child, options)
  } catch (error) {
    await stop()
    throw error
  }
  return { pid: child.pid ?? 0, exited, stop }
}

async function stopChild(child: ChildProcess, exited: Promise<void>, timeoutMs: number) {
  child.stdin?.destroy()
  const killer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
  await exited
  clearTimeout(killer)
}

async function untilReady(child: ChildProcess, options: GuardedProcessOptions): Promise<void> {
  const output: string[] = []
  const deadline = AbortSignal.timeout(options.readyTimeoutMs)
  const name = options.command.split('/').at(-1) ?? options.command
  await new Promise<void>((resolve, reject) => {
    const onLine = (line: string) => {
      output.push(line)
      if (output.length > keptLines) output.shift()
      options.onLine?.(line)
      if (options.readyLine.test(line)) resolve()
    }
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', onLine)
    }
    child.once('error', (error) => reject(new ProcessNotReady(String(error), output)))
    // 'close', not 'exit': the last lines, which hold the reason, may come after the exit.
    child.once('close', (code, signal) => {
      reject(new ProcessNotReady(`${name} ended with ${signal ?? `exit code ${code}`}`, output))
    })
    deadline.addEventListener('abort', () => {
      reject(
        new ProcessNotReady(`${name} was not ready within ${options.readyTimeoutMs} ms`, output),
      )
    })
  })
}

/** Runs a program to its end and returns its output; rejects with the output's tail when it fails or takes too long. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd: string
    readonly env: Readonly<Record<string, string>>
    readonly timeoutMs: number
    readonly owner?: ProcessOwner
  },
): Promise<string> {
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.timeoutMs,
    ...options.owner,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (code === 0) return output
  const name = command.split('/').at(-1) ?? command
  const how = signal === null ? `exit code ${code}` : `${signal} after ${options.timeoutMs} ms`
  throw new ProcessNotReady(
    `${name} ended with ${how}`,
    output.trim().split('\n').slice(-keptLines),
  )
}
