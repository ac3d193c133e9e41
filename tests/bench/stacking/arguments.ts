import { parseArgs } from 'node:util'

export interface StackingBenchArguments {
  readonly isHelp: boolean
  readonly isJson: boolean
  /** Histories evaluated for each number of awards. */
  readonly samples: number
  /** Learners re-evaluated; when fewer than `targetLearners`, the time is extrapolated, and said to be. */
  readonly learners: number
  readonly threads: number
}

export const targetLearners = 1_000_000

export const usage = `npm run bench:stacking -- [options]: evaluating stacked credentials

  --quick        fewer histories, and 50,000 learners instead of 1,000,000 (the time for all is extrapolated)
  --learners N   learners to re-evaluate, 1000 to 1000000
  --threads N    threads that re-evaluate, 1 to 16, default 2
  --json         the last line on standard output is one JSON object
  --help         this text
`

/** @throws Error that says what is wrong with the command line. */
export function parseStackingBenchArguments(args: readonly string[]): StackingBenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      learners: { type: 'string' },
      threads: { type: 'string', default: '2' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  const quick = values.quick ?? false
  const learners = Number(values.learners ?? (quick ? 50_000 : targetLearners))
  if (!Number.isInteger(learners) || learners < 1_000 || learners > targetLearners) {
    throw new Error(`--learners is a whole number, 1000 to ${targetLearners}`)
  }
  const threads = Number(values.threads)
  if (!Number.isInteger(threads) || threads < 1 || threads > 16) {
    throw new Error('--threads is a whole number, 1 to 16')
  }
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    samples: quick ? 200 : 1_000,
    learners,
    threads,
  }
}
