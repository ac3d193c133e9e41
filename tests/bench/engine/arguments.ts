import { parseArgs } from 'node:util'
import { allRows, ordinaryRows } from './rows/all-rows.js'
import type { Row } from './rows/row.js'

export interface EngineBenchArguments {
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly rows: readonly Row[]
  readonly timing: Timing
}

/** How long a cell of the table is measured. Times in ms. */
export interface Timing {
  readonly rounds: number
  /** Rounds after the first end here; the medians are then over those there were. */
  readonly longestMs: number
  /** Before the first timed window of a cell: long enough for the compiler to have seen the hot paths. */
  readonly firstWarmUpMs: number
  readonly warmUpMs: number
  readonly timedMs: number
  /** How much longer a cell may become for a whole number of answers per connection. */
  readonly longestExtensionMs: number
  /** How many of the bodies of `varied` are checked before. */
  readonly checkedVariations: number
}

const full: Timing = {
  rounds: 3,
  longestMs: Number.POSITIVE_INFINITY,
  firstWarmUpMs: 10_000,
  warmUpMs: 500,
  timedMs: 4_000,
  longestExtensionMs: 30_000,
  checkedVariations: 128,
}
const quick: Timing = {
  rounds: 3,
  longestMs: 45_000,
  firstWarmUpMs: 1_000,
  warmUpMs: 100,
  timedMs: 500,
  longestExtensionMs: 8_000,
  checkedVariations: 10,
}

export const usage = `npm run bench:engine -- [options]: this gateway beside others, one core each

  --quick      shorter runs, under 90 s in all; rough figures
  --rows A,B   only these rows
  --json       the last line on standard output is one JSON object
  --help       this text

Rows:
${allRows.map(({ name, title }) => `  ${name.padEnd(20)} ${title}`).join('\n')}

The first run installs the other gateways into tests/bench/peers (npm ci, about 800 MB). Needs Linux.
`

/** @throws Error that says what is wrong with the command line. */
export function parseEngineBenchArguments(args: readonly string[]): EngineBenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      rows: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    rows: values.rows === undefined ? ordinaryRows : chooseRows(values.rows.split(',')),
    timing: values.quick ? quick : full,
  }
}

function chooseRows(names: readonly string[]): readonly Row[] {
  for (const name of names) {
    if (!allRows.some((row) => row.name === name)) throw new Error(`there is no row '${name}'`)
  }
  return allRows.filter(({ name }) => names.includes(name))
}
