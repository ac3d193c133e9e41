import { parseArgs } from 'node:util'
import { allRows } from './rows/all-rows.js'
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
  /** Before the first timed window of a cell: long enough for the compiler to have seen the hot paths. */
  readonly firstWarmUpMs: number
  readonly warmUpMs: number
  readonly timedMs: number
  /** How much longer the window may become until there are as many answers as connections. */
  readonly longestExtensionMs: number
}

const full: Timing = {
  rounds: 3,
  firstWarmUpMs: 4_000,
  warmUpMs: 500,
  timedMs: 4_000,
  longestExtensionMs: 20_000,
}
const quick: Timing = {
  rounds: 2,
  firstWarmUpMs: 500,
  warmUpMs: 100,
  timedMs: 400,
  longestExtensionMs: 1_000,
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
    rows: values.rows === undefined ? allRows : chooseRows(values.rows.split(',')),
    timing: values.quick ? quick : full,
  }
}

function chooseRows(names: readonly string[]): readonly Row[] {
  for (const name of names) {
    if (!allRows.some((row) => row.name === name)) throw new Error(`there is no row '${name}'`)
  }
  return allRows.filter(({ name }) => names.includes(name))
}
