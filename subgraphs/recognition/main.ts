import { createLogger, openCallers } from '../../infra/runtime/index.js'
import { loadMemberRegister } from '../../schema/index.js'
import { readRecognitionConfig } from './config.js'
import { startRecognition } from './start-recognition.js'

try {
  const config = readRecognitionConfig(process.env)
  const log = createLogger(config.logLevel, 'recognition')
  const server = await startRecognition({
    ...config,
    register: loadMemberRegister(config.registerFile),
    now: () => new Date(),
    callers: await openCallers(config, log),
    log,
  })
  process.stdout.write(`recognition: ${server.url}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.stop()
    })
  }
} catch (error) {
  process.stderr.write(`recognition: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
