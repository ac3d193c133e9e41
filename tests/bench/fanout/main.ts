import { createLifecycle, silentLogger, stopOnSignals } from '../../../infra/runtime/index.js'
import { parseFanoutBenchArguments, usage } from './arguments.js'
import { formatFanOutResult } from './fan-out-result.js'
import { runFanOutBench } from './run-bench.js'

const lifecycle = createLifecycle(silentLogger)
stopOnSignals(lifecycle, { signals: process, exit: () => process.exit(130) })
try {
  const args = parseFanoutBenchArguments(process.argv.slice(2))
  if (args.isHelp) process.stdout.write(usage)
  else {
    const note = (text: string): void => void process.stderr.write(`${text}\n`)
    const result = await runFanOutBench({ args, lifecycle, env: process.env, note })
    process.stdout.write(formatFanOutResult(result))
    if (args.isJson) process.stdout.write(`${JSON.stringify(result)}\n`)
  }
  await lifecycle.stop()
  process.exit(0)
} catch (error) {
  const isStopping = lifecycle.stopping.aborted
  await lifecycle.stop()
  if (!isStopping) {
    process.stderr.write(
      `bench:fanout: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exit(1)
  }
}
