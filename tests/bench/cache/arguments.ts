import { parseArgs } from 'node:util'

export interface CacheBenchArguments {
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly rounds: number
  /** Times in ms. */
  readonly warmUpMs: number
  readonly timedMs: number
}

export const usage = `npm run bench:cache -- [options]: answers from the cache, beside the same answers without it

  --quick      shorter runs; rough figures
  --json       the last line on standard output is one JSON object
  --help       this text

Needs Linux.
`

/** @throws Error that says what is wrong with the command line. */
export function parseCacheBenchArguments(args: readonly string[]): CacheBenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  const timing = values.quick
    ? { rounds: 3, warmUpMs: 700, timedMs: 1_200 }
    : { rounds: 7, warmUpMs: 1_000, timedMs: 3_000 }
  return { isHelp: values.help ?? false, isJson: values.json ?? false, ...timing }
}
