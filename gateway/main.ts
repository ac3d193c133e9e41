import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'
import {
  createLifecycle,
  createLogger,
  type Lifecycle,
  stopOnSignals,
} from '../infra/runtime/index.js'
import { parseGatewayArguments, usage } from './process/arguments.js'
import { toFailureLine } from './process/failure-line.js'
import { runGateway } from './process/run-gateway.js'
import { runWorker } from './process/run-worker.js'
import { formatStart } from './process/start-line.js'
import { readGatewayProcessConfig } from './read-config.js'

// The gateway as a process of its own, or as several; subgraphs run elsewhere. Run from the project's root.
let lifecycle: Lifecycle | undefined
try {
  const args = parseGatewayArguments(process.argv.slice(2))
  if (args.mode === 'help') process.stdout.write(usage)
  else await run(args)
} catch (error) {
  // After Ctrl-C during the start, things fail because they were stopped: that is not worth a line.
  const isStopping = lifecycle?.stopping.aborted ?? false
  await lifecycle?.stop()
  if (!isStopping) process.stderr.write(`gateway: ${toFailureLine(error)}\n`)
  process.exit(isStopping ? 0 : 1)
}

async function run(args: ReturnType<typeof parseGatewayArguments>): Promise<void> {
  const env = { ...process.env, ...args.overrides }
  const cores = availableParallelism()
  const config = readGatewayProcessConfig(env, { cores, isForeign: args.isForeign })
  const root = createLogger(config.logLevel, 'gateway')
  const log = cluster.isWorker ? root.with({ pid: process.pid }) : root
  const shared = { hasExamples: !args.isForeign, rootDirectory: process.cwd(), log }
  if (cluster.isWorker) {
    runWorker(config, shared, {
      // The callback takes the error of a supervisor that is gone already; without it, it would be thrown.
      send: (message) => process.send?.(message, undefined, undefined, () => {}),
      onMessage: (listener) => process.on('message', listener),
      onSignal: (name, listener) => process.on(name, listener),
      exit: (code) => process.exit(code),
    })
    return
  }
  const running = createLifecycle(log)
  lifecycle = running
  stopOnSignals(running, {
    signals: process,
    exit: (code) => process.exit(code),
    names: ['SIGINT', 'SIGTERM'],
  })
  const facts = await runGateway({
    ...shared,
    config,
    fork: () => cluster.fork(),
    onHangUp: (reload) => process.on('SIGHUP', reload),
    lifecycle: running,
  })
  process.stdout.write(formatStart(facts, args.isJson))
}
