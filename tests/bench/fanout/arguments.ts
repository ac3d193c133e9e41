import { parseArgs } from 'node:util'

export interface FanoutBenchArguments {
  readonly isHelp: boolean
  readonly isJson: boolean
  /** Own delay of every simulated member where the overhead is measured, in ms. */
  readonly delayMs: number
  /** What is added to it at random, for each call anew. */
  readonly spreadMs: number
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
  --spread MS  random part added to it, for each call anew; default 80
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
      spread: { type: 'string', default: '80' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    delayMs: readMilliseconds('--delay', values.delay),
    spreadMs: readMilliseconds('--spread', values.spread),
    timing: values.quick
      ? { warmUpMs: 1_500, timedMs: 1_500 }
      : { warmUpMs: 4_000, timedMs: 6_000 },
  }
}

function readMilliseconds(flag: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value <= 1_000) return value
  throw new Error(`${flag} is a whole number of milliseconds, 0 to 1000`)
}
