import { parseArgs } from 'node:util'

export interface CredentialBenchArguments {
  readonly isHelp: boolean
  readonly isJson: boolean
  /** CPU time each measurement takes, in ms. */
  readonly windowMs: number
  readonly rounds: number
  /** Credentials that are revoked. */
  readonly revoked: number
}

export const usage = `npm run bench:credentials -- [options]: what credentials cost, beside the bare signature

  --quick      shorter runs; rough figures
  --json       the last line on standard output is one JSON object
  --help       this text
`

/** @throws Error that says what is wrong with the command line. */
export function parseCredentialBenchArguments(args: readonly string[]): CredentialBenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  return {
    isHelp: values.help ?? false,
    isJson: values.json ?? false,
    ...(values.quick ? { windowMs: 150, rounds: 3 } : { windowMs: 500, rounds: 5 }),
    revoked: 100_000,
  }
}
