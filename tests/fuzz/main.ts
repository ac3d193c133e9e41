import { parseArgs } from 'node:util'
import { runFuzz } from './run-fuzz.js'
import { startFuzzHub } from './start-fuzz-hub.js'

const usage = `npm run fuzz -- [options]: hostile requests and tokens against a whole hub

  --requests N  default 20000
  --seed N      default the clock; the same seed sends the same requests
  --json        the last line on standard output is one JSON object
  --help        this text

Exits with 1 when an answer held what no answer may hold: an unauthorised datum, a stack trace, a 5xx without a code.
`

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`fuzz: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      requests: { type: 'string', default: '20000' },
      seed: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const requests = Number(values.requests)
  const seed = Number(values.seed ?? Date.now() % 2 ** 32)
  if (!(Number.isInteger(requests) && requests >= 1 && requests <= 10_000_000)) {
    throw new Error('--requests is a whole number from 1 to 10000000')
  }
  if (!(Number.isInteger(seed) && seed >= 0)) throw new Error('--seed is a whole number, 0 or more')
  const note = (text: string) => void process.stderr.write(`fuzz: ${text}\n`)
  note(`starting a hub; seed ${seed}`)
  const hub = await startFuzzHub()
  try {
    const report = await runFuzz({ hub, requests, seed, note })
    const { findings, maskedErrors, tookMs, longestMs, byStatus, byCode } = report
    process.stdout.write(
      `${requests} requests in ${Math.round(tookMs / 1_000)} s, the longest ${longestMs} ms, seed ${seed}\n`,
    )
    process.stdout.write(
      `by status: ${JSON.stringify(byStatus)}\nby code: ${JSON.stringify(byCode)}\n`,
    )
    for (const finding of [...maskedErrors.slice(0, 3), ...findings.slice(0, 20)]) {
      process.stdout.write(`${JSON.stringify(finding, null, 2)}\n`)
    }
    process.stdout.write(`findings: ${findings.length}\n`)
    if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`)
    return findings.length === 0 ? 0 : 1
  } finally {
    await hub.stop()
  }
}
