import { createLifecycle, silentLogger, stopOnSignals } from '../../../infra/runtime/index.js'
import { parseCacheBenchArguments, usage } from './arguments.js'
import { formatCacheResult, runCacheBench } from './run-bench.js'

const lifecycle = createLifecycle(silentLogger)
stopOnSignals(lifecycle, { signals: process, exit: () => process.exit(130) })
try {
  const args = parseCacheBenchArguments(process.argv.slice(2))
  if (args.isHelp) process.stdout.write(usage)
  else {
    const note = (text: string): void => void process.stderr.write(`${text}\n`)
    const result = await runCacheBench({ args, lifecycle, env: process.env, note })
    process.stdout.write(formatCacheResult(result))
    if (args.isJson) process.stdout.write(`${JSON.stringify(result)}\n`)
  }
  await lifecycle.stop()
  process.exit(0)
} catch (error) {
  const isStopping = lifecycle.stopping.aborted
  await lifecycle.stop()
  if (!isStopping) {
    process.stderr.write(`bench:cache: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
