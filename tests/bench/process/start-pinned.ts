import { startGuardedProcess } from '../../../infra/runtime/index.js'
import type { Cores } from './cores.js'

/** A gateway that serves. */
export interface RunningGateway {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

export interface PinnedPlace {
  /** The working directory. */
  readonly directory: string
  readonly cores: Cores
  readonly env: Readonly<Record<string, string>>
}

export interface PinnedCommand {
  readonly command: string
  readonly args: readonly string[]
  /** On top of the place's. */
  readonly env?: Readonly<Record<string, string>>
  readonly url: string
}

const linesKept = 40

/**
 * Starts a gateway on its core and waits until it answers a query. It cannot outlive this process.
 *
 * @throws Error with what the gateway printed, when it ends or does not answer within a minute.
 */
export async function startPinned(
  { directory, cores, env }: PinnedPlace,
  { command, args, env: own, url }: PinnedCommand,
): Promise<RunningGateway> {
  const [program = '', ...rest] = [...cores.gateway, command, ...args]
  const lines: string[] = []
  const started = await startGuardedProcess({
    command: 'sh',
    // Not every gateway says when it serves; the shell says that it begins, and becomes the gateway.
    args: ['-c', 'echo starting; exec "$@"', 'pinned', program, ...rest],
    env: { ...env, ...own },
    cwd: directory,
    stopSignal: 'TERM',
    readyLine: /^starting$/,
    readyTimeoutMs: 10_000,
    stopTimeoutMs: 3_000,
    onLine: (line) => {
      lines.push(line)
      // The first lines say why, the last ones are what a crash looks like anywhere.
      if (lines.length > linesKept) lines.splice(linesKept / 2, 1)
    },
  })
  let isGone = false
  void started.exited.then(() => {
    isGone = true
  })
  const deadlineAt = performance.now() + 60_000
  while (!(await isAnswering(url))) {
    if (!isGone && performance.now() < deadlineAt) continue
    await started.stop()
    throw new Error(`${command} does not serve: ${pickReason(lines)}`)
  }
  return { url, pid: started.pid, stop: started.stop }
}

/** Of what was printed the first line that names an error with what follows it, without the stack; else the last lines. */
function pickReason(lines: readonly string[]): string {
  const told = lines.filter((line) => line.trim() !== '' && !/^\s*at /.test(line))
  const start = told.findIndex((line) => /\b\w*error\b/i.test(line) && !line.includes('super('))
  const reason = start < 0 ? told.slice(-5) : told.slice(start, start + 4)
  return reason.join(' | ').slice(0, 800)
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
      signal: AbortSignal.timeout(2_000),
    })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 100))
    return false
  }
}
