import { parseArgs } from 'node:util'
import { createLifecycle, silentLogger, stopOnSignals } from '../../../infra/runtime/index.js'
import { formatTable } from '../format-table.js'
import { runAuthBench } from './run-bench.js'

const usage = `npm run bench:auth -- [options]: what access control costs the gateway on a small query

  --quick   shorter and fewer runs; rough figures
  --json    the last line on standard output is one JSON object
  --help    this text

Needs Linux.
`

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const lifecycle = createLifecycle(silentLogger)
stopOnSignals(lifecycle, { signals: process, exit: () => process.exit(130) })
try {
  if (flags.help) process.stdout.write(usage)
  else {
    const timing = flags.quick
      ? { rounds: 5, settleMs: 9_000, warmUpMs: 500, timedMs: 2_000 }
      : { rounds: 11, settleMs: 12_000, warmUpMs: 1_000, timedMs: 4_000 }
    const note = (text: string): void => void process.stderr.write(`${text}\n`)
    const result = await runAuthBench({ timing, lifecycle, env: process.env, note })
    const lines = result.rows.map(({ name, cpuMsPerRequest, rps, p99, addedPercent }) => [
      name,
      cpuMsPerRequest.toFixed(4),
      rps.toFixed(0),
      p99.toFixed(1),
      `${addedPercent.toFixed(1)} %`,
    ])
    process.stdout.write(
      `${formatTable([['row', 'CPU ms/request', 'rps', 'p99 ms', 'added CPU'], ...lines])}\n`,
    )
    if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  }
  await lifecycle.stop()
  process.exit(0)
} catch (error) {
  const isStopping = lifecycle.stopping.aborted
  await lifecycle.stop()
  if (!isStopping) {
    process.stderr.write(`bench:auth: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
