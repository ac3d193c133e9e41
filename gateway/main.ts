import { readFile } from 'node:fs/promises'
import { createLifecycle, createLogger, stopOnSignals } from '../infra/runtime/index.js'
import { loadMemberRegister } from '../schema/index.js'
import { readGatewayProcessConfig } from './read-config.js'
import { startGateway } from './start-gateway.js'

// The gateway as a process of its own; members and recognition run elsewhere. Run from the project's root.
try {
  const config = readGatewayProcessConfig(process.env)
  const log = createLogger(config.logLevel, 'gateway')
  const lifecycle = createLifecycle(log)
  stopOnSignals(lifecycle, { signals: process, exit: (code) => process.exit(code) })
  const gateway = await startGateway({
    config: config.gateway,
    register: loadMemberRegister(config.registerFile),
    supergraphSdl: await readFile(config.supergraphFile, 'utf8'),
    catalogueSdl: await readFile(config.catalogueFile, 'utf8'),
    subgraphUrls: new Map(
      config.recognitionUrl === undefined ? [] : [['recognition', config.recognitionUrl]],
    ),
    rootDirectory: process.cwd(),
    log,
  })
  await lifecycle.own('gateway', gateway.stop, config.gateway.drainTimeoutMs + 5_000)
  log.info('gateway listens', { url: gateway.url })
} catch (error) {
  process.stderr.write(`gateway: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
