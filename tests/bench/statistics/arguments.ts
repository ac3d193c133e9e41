import { parseArgs } from 'node:util'

export interface StatisticsBenchArguments {
  readonly isHelp: boolean
  readonly isJson: boolean
  /** Learners of each size measured, smallest first; about ten events each. */
  readonly learners: readonly number[]
  /** Times each question is asked. */
  readonly rounds: number
}

export const usage = `npm run bench:statistics -- [options]: roll-ups and questions over synthetic histories

  --quick      100,000 learners (about 1 million events) only
  --learners N this many learners only
  --json       the last line on standard output is one JSON object
  --help       this text

Without options 100,000 and then 1,000,000 learners (about 1 and 10 million events), and how the figures grow: takes some
ten minutes and 20 GB of disk.
`

/** @throws Error that says what is wrong with the command line. */
export function parseStatisticsBenchArguments(args: readonly string[]): StatisticsBenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      learners: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  const own = Number(values.learners ?? 0)
  if (values.learners !== undefined && !(Number.isInteger(own) && own >= 1_000)) {
    throw new Error('--learners is a whole number, 1000 or more')
  }
  const learners =
    values.learners !== undefined ? [own] : values.quick ? [100_000] : [100_000, 1_000_000]
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    learners,
    rounds: values.quick ? 60 : 200,
  }
}
