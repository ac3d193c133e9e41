import type { Logger } from '../../infra/runtime/index.js'
import type { GatewayProcessConfig } from '../read-config.js'
import { toFailureLine } from './failure-line.js'
import { type ServedGateway, type ServeOptions, serveGateway } from './serve-gateway.js'
import { type FromWorker, parseToWorker, type ToWorker } from './worker-messages.js'

/** The process a worker runs in: `process` itself. */
export interface WorkerHost {
  readonly send: (message: FromWorker) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  readonly onSignal: (name: NodeJS.Signals, listener: () => void) => void
  readonly exit: (code: number) => void
}

/**
 * Runs a gateway that a supervisor tells what to serve and when to end. When the supervisor is gone, `node:cluster` ends
 * this process: the channel to it has closed, and that needs no cooperation of the dead.
 */
export function runWorker(
  config: GatewayProcessConfig,
  options: Omit<ServeOptions, 'config' | 'sources'>,
  host: WorkerHost,
): void {
  const { log } = options
  let served: ServedGateway | undefined
  let changing: Promise<void> = Promise.resolve()
  let isStopping = false

  async function start({ sources, port }: Extract<ToWorker, { kind: 'start' }>): Promise<void> {
    try {
      const gateway = { ...config.gateway, port }
      served = await serveGateway({ ...options, config: { ...config, gateway }, sources })
      const { url, port: bound } = served.gateway
      const subgraphs = [...served.gateway.listSubgraphs()]
      host.send({ kind: 'ready', url, port: bound, subgraphs })
    } catch (error) {
      host.send({ kind: 'failed', line: toFailureLine(error) })
      host.exit(1)
    }
  }

  async function reload({ id, sources }: Extract<ToWorker, { kind: 'reload' }>): Promise<void> {
    try {
      await served?.apply(sources)
      host.send({ kind: 'reloaded', id })
    } catch (error) {
      host.send({ kind: 'refused', id, line: toFailureLine(error) })
    }
  }

  async function stop(): Promise<void> {
    if (isStopping) return
    isStopping = true
    await changing
    const isStopped = await stopGateway(served, log)
    host.exit(isStopped ? 0 : 1)
  }

  host.onMessage((raw) => {
    const message = parseToWorker(raw)
    if (message.kind === 'stop') void stop()
    // In the order they came: a reload waits for the start.
    else
      changing = changing.then(() => (message.kind === 'start' ? start(message) : reload(message)))
  })
  host.onSignal('SIGTERM', () => void stop())
  // A terminal sends these to the whole group; the supervisor says what they mean.
  host.onSignal('SIGINT', () => {})
  host.onSignal('SIGHUP', () => {})
}

async function stopGateway(served: ServedGateway | undefined, log: Logger): Promise<boolean> {
  try {
    await served?.gateway.stop()
    return true
  } catch (error) {
    log.error('stop failed', { error: String(error) })
    return false
  }
}
