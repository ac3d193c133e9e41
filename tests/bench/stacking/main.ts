import { parseStackingBenchArguments, usage } from './arguments.js'
import { runStackingBench } from './run-bench.js'
import { formatStackingResult } from './stacking-result.js'

try {
  const args = parseStackingBenchArguments(process.argv.slice(2))
  if (args.isHelp) process.stdout.write(usage)
  else {
    const note = (text: string): void => void process.stderr.write(`${text}\n`)
    const result = await runStackingBench(args, note)
    process.stdout.write(formatStackingResult(result))
    if (args.isJson) process.stdout.write(`${JSON.stringify(result)}\n`)
  }
} catch (error) {
  const text = error instanceof Error ? error.message : String(error)
  process.stderr.write(`bench:stacking: ${text}\n`)
  process.exitCode = 1
}
