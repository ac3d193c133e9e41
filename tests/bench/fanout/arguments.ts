import { parseArgs } from 'node:util'

export interface FanoutBenchArguments {
  readonly isHelp: boolean
  readonly isJson: boolean
  /** Own delay of every simulated member where the overhead is measured, in ms. */
  readonly delayMs: number
  readonly timing: FanoutTiming
}

/** Times in ms. */
export interface FanoutTiming {
  readonly warmUpMs: number
  readonly timedMs: number
}

export const usage = `npm run bench:fanout -- [options]: one page over many members through this gateway

  --quick      shorter runs; rough figures
  --delay MS   own delay of the members where the overhead is measured, default 20
  --json       the last line on standard output is one JSON object
  --help       this text

Needs Linux.
`

/** @throws Error that says what is wrong with the command line. */
export function parseFanoutBenchArguments(args: readonly string[]): FanoutBenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      delay: { type: 'string', default: '20' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  const delayMs = Number(values.delay)
  if (!Number.isInteger(delayMs) || delayMs < 0 || delayMs > 1_000) {
    throw new Error('--delay is a whole number of milliseconds, 0 to 1000')
  }
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    delayMs,
    timing: values.quick
      ? { warmUpMs: 1_500, timedMs: 1_500 }
      : { warmUpMs: 4_000, timedMs: 6_000 },
  }
}
