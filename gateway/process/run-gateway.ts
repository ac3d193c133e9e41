import { findFreePort, type Lifecycle, type Logger } from '../../infra/runtime/index.js'
import type { GatewayProcessConfig } from '../read-config.js'
import { type GatewaySources, loadSources } from './gateway-sources.js'
import { createReloader } from './reloader.js'
import { serveGateway } from './serve-gateway.js'
import { type StartFacts, toExplorerUrl } from './start-line.js'
import { watchFiles } from './watch-files.js'
import type { WorkerChild } from './worker-place.js'
import { startWorkerPool } from './worker-pool.js'

export interface RunOptions {
  readonly config: GatewayProcessConfig
  /** Whether to offer our own example operations in the explorer. */
  readonly hasExamples: boolean
  /** The project's root. */
  readonly rootDirectory: string
  /** Starts a worker process; used when there is to be more than one. */
  readonly fork: () => WorkerChild
  /** Calls back on SIGHUP. */
  readonly onHangUp: (reload: () => void) => void
  /** Everything that starts is handed to it. */
  readonly lifecycle: Lifecycle
  readonly log: Logger
}

/** Something that serves sources: a gateway in this process, or workers. */
interface Served {
  readonly facts: StartFacts
  apply(sources: GatewaySources): Promise<void>
  stop(): Promise<void>
}

/**
 * Runs the gateway alone, in this process or in several, and follows changes of its files.
 *
 * @throws HubError `SUPERGRAPH_INVALID`, `REGISTER_INVALID`, `CONFIG_INVALID` or `PORT_TAKEN`; WorkerFailure with the
 * same as text.
 */
export async function runGateway(options: RunOptions): Promise<StartFacts> {
  const { config, lifecycle, log } = options
  const sources = await loadSources(config)
  const served =
    config.workers === 1
      ? await serveHere(options, sources)
      : await serveByWorkers(options, sources)
  await lifecycle.own('gateway', served.stop, config.gateway.drainTimeoutMs + 7_000)
  const reloader = createReloader({
    first: sources,
    load: () => loadSources(config),
    apply: served.apply,
    log,
  })
  options.onHangUp(() => void reloader.request('SIGHUP'))
  if (config.isWatching) {
    const files = [config.supergraphFile, ...(config.registerFile ? [config.registerFile] : [])]
    const { documentsPath } = config
    const watch = watchFiles({
      files,
      // A folder of documents, or the folder of the manifest.
      folders: documentsPath === undefined ? [] : [documentsPath],
      onChange: () => void reloader.request('file change'),
      log,
    })
    await lifecycle.own('file watch', async () => watch.stop())
  }
  return served.facts
}

async function serveHere(options: RunOptions, sources: GatewaySources): Promise<Served> {
  const { config } = options
  const { gateway, apply } = await serveGateway({ ...options, sources })
  const { url, port } = gateway
  const explorerUrl = toExplorerUrl(url, config.gateway.isExplorerEnabled)
  const facts = { url, port, explorerUrl, workers: [], subgraphs: gateway.listSubgraphs() }
  return { facts, apply, stop: gateway.stop }
}

async function serveByWorkers(
  { config, fork, log }: RunOptions,
  sources: GatewaySources,
): Promise<Served> {
  const { host, port: wanted } = config.gateway
  const pool = await startWorkerPool({
    count: config.workers,
    fork,
    sources,
    // Picked here: a port picked by the workers would change once all of them have crashed.
    port: wanted === 0 ? await findFreePort(host) : wanted,
    stopTimeoutMs: config.gateway.drainTimeoutMs + 5_000,
    log,
  })
  const { url, port, subgraphs } = pool.ready
  const explorerUrl = toExplorerUrl(url, config.gateway.isExplorerEnabled)
  const facts = { url, port, explorerUrl, workers: pool.pids(), subgraphs }
  return { facts, apply: pool.apply, stop: pool.stop }
}
