import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ProcessSample } from './gateway-probe.js'

/** The gateway as a process of its own, with a probe in it. */
export interface SoakGateway {
  readonly url: string
  /** Takes over the supergraph's file; its log tells how that went. */
  reload(): void
  sample(): Promise<ProcessSample>
  /** Resolves with the exit code, null after a signal. */
  readonly exited: Promise<number | null>
  /** Sends SIGTERM and waits. */
  stop(): Promise<number | null>
}

export interface SoakGatewayOptions {
  readonly supergraphFile: string
  readonly requestTimeoutMs: number
  /** Gets every line of its log, which is one JSON object. */
  readonly onLogLine: (line: string) => void
}

/** @throws Error when the gateway ends instead of serving. */
export async function startSoakGateway(options: SoakGatewayOptions): Promise<SoakGateway> {
  const { supergraphFile, requestTimeoutMs, onLogLine } = options
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      ...importFlags(),
      fileURLToPath(new URL(`../../gateway/main.${extension()}`, import.meta.url)),
      ...['--supergraph', supergraphFile, '--port', '0', '--workers', '1', '--json'],
    ],
    {
      cwd: process.cwd(),
      env: {
        HUB_REQUEST_TIMEOUT_MS: String(requestTimeoutMs),
        HUB_DRAIN_TIMEOUT_MS: '5000',
        HUB_LOG_LEVEL: 'info',
      },
      // Ctrl-C is for the soak, which then stops the gateway.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const onEnd = () => child.kill('SIGKILL')
  process.once('exit', onEnd)
  void exited.then(() => process.off('exit', onEnd))
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('the gateway has no output')
  const log: string[] = []
  createInterface({ input: stderr }).on('line', (line) => {
    log.push(line)
    if (log.length > 20) log.shift()
    onLogLine(line)
  })
  const started = once(createInterface({ input: stdout }), 'line')
  const first = await Promise.race([started, exited])
  if (!Array.isArray(first)) throw new Error(`the gateway does not start: ${log.join(' | ')}`)
  const { url } = JSON.parse(String(first[0])) as { readonly url: string }
  return {
    url,
    exited,
    reload: () => void child.kill('SIGHUP'),
    async sample() {
      const reply = once(child, 'message')
      child.send({ kind: 'sample' })
      const message = await Promise.race([reply, exited])
      if (!Array.isArray(message)) throw new Error(`the gateway is gone: ${log.join(' | ')}`)
      return message[0] as ProcessSample
    },
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      return exited
    },
  }
}

/** The soak runs compiled, or from the sources in a test; the gateway runs as we do. */
function extension(): 'js' | 'ts' {
  return import.meta.url.endsWith('.ts') ? 'ts' : 'js'
}

function importFlags(): string[] {
  const probe = new URL(`./gateway-probe.${extension()}`, import.meta.url).href
  if (extension() === 'js') return ['--import', probe]
  const hook = new URL('../../infra/runtime/typescript-hook.fixture.mjs', import.meta.url).href
  return ['--import', hook, '--import', probe]
}
