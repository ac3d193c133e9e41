import { createLifecycle, silentLogger, stopOnSignals } from '../../../infra/runtime/index.js'
import { parseEngineBenchArguments, usage } from './arguments.js'
import { runEngineBench } from './run-bench.js'
import { formatSummary } from './summarise.js'

const lifecycle = createLifecycle(silentLogger)
stopOnSignals(lifecycle, { signals: process, exit: () => process.exit(130) })
try {
  const args = parseEngineBenchArguments(process.argv.slice(2))
  if (args.isHelp) process.stdout.write(usage)
  else {
    const note = (text: string): void => void process.stderr.write(`${text}\n`)
    const result = await runEngineBench({ args, lifecycle, env: process.env, note })
    process.stdout.write(`${formatSummary(result.summary)}\n`)
    for (const [name, reason] of result.leftOut) {
      process.stdout.write(`left out: ${name}: ${reason}\n`)
    }
    if (args.isJson) process.stdout.write(`${JSON.stringify(result.summary)}\n`)
  }
  await lifecycle.stop()
  process.exit(0)
} catch (error) {
  const isStopping = lifecycle.stopping.aborted
  await lifecycle.stop()
  if (!isStopping) {
    process.stderr.write(
      `bench:engine: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exit(1)
  }
}
