import { parseArgs } from 'node:util'
import { createLifecycle, silentLogger, stopOnSignals } from '../../infra/runtime/index.js'
import { idleMachine, runSoak } from './run-soak.js'
import { formatSoakReport } from './soak-report.js'

const usage = `npm run soak -- [options]: the gateway under load while everything around it changes

  --minutes N  default 10
  --json       the last line on standard output is one JSON object
  --help       this text

Exits with 1 when the report finds a failure.
`

const lifecycle = createLifecycle(silentLogger)
stopOnSignals(lifecycle, { signals: process, exit: () => process.exit(130) })
try {
  process.exitCode = await run(process.argv.slice(2))
  await lifecycle.stop()
} catch (error) {
  const isStopping = lifecycle.stopping.aborted
  await lifecycle.stop()
  if (!isStopping) {
    process.stderr.write(`soak: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const minutes = Number(values.minutes)
  if (!(minutes >= 0.5 && minutes <= 1_440)) throw new Error('--minutes is a number, 0.5 to 1440')
  const report = await runSoak({
    timing: {
      requestTimeoutMs: 3_000,
      durationMs: minutes * 60_000,
      reloadEveryMs: 10_000,
      outageEveryMs: 10_000,
      outageMs: 5_000,
      sampleEveryMs: 5_000,
    },
    tolerance: idleMachine,
    connections: 16,
    lifecycle,
    random: Math.random,
    note: (text) => void process.stderr.write(`soak: ${text}\n`),
  })
  process.stdout.write(formatSoakReport(report))
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`)
  return report.failures.length === 0 ? 0 : 1
}
