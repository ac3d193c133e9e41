import { parseArgs } from 'node:util'
import { RuntimeFailure } from '../runtime/index.js'

/** What to do, as said on the command line. */
export interface LaunchArguments {
  readonly mode: 'serve' | 'smoke' | 'help'
  /** Answers on standard output as JSON, progress on standard error. */
  readonly isJson: boolean
  /** Variables that flags stand for; they win over the environment. */
  readonly overrides: Readonly<Record<string, string>>
}

export const usage = `npm start -- [options]: the whole hub in one process

  (none)                     start everything and serve until Ctrl-C
  --smoke                    start, run every operation of schema/operations, exit 0 or 1
  --json                     results as JSON on standard output, progress on standard error
  --port N                   port of the gateway, 0 picks a free one        HUB_PORT, 4000
  --subgraph-port-base N     recognition, then one port for each member;
                             0 picks free ones                              HUB_SUBGRAPH_PORT_BASE, 4100
  --no-sample                members serve what they have stored and do not
                             read their sources                             HUB_SYNC_ON_START=false
  --help                     this text

Other variables: DATABASE_URL and REDIS_URL (servers of yours instead of embedded ones), HUB_HOST,
HUB_REGISTER, HUB_DOCUMENTS, HUB_STATE_DIRECTORY, HUB_POSTGRES_PORT, HUB_REDIS_PORT, HUB_LOG_LEVEL (warn).
gateway/config.ts has those of the gateway.
`

/**
 * Parses the command line.
 *
 * @throws RuntimeFailure `CONFIG_INVALID` for an option there is not.
 */
export function parseLaunchArguments(args: readonly string[]): LaunchArguments {
  const { values } = parseFlags(args)
  const overrides: Record<string, string> = {}
  if (values.port !== undefined) overrides.HUB_PORT = values.port
  if (values['subgraph-port-base'] !== undefined) {
    overrides.HUB_SUBGRAPH_PORT_BASE = values['subgraph-port-base']
  }
  if (values['no-sample']) overrides.HUB_SYNC_ON_START = 'false'
  const mode = values.help ? 'help' : values.smoke ? 'smoke' : 'serve'
  return { mode, isJson: values.json ?? false, overrides }
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean' },
        smoke: { type: 'boolean' },
        json: { type: 'boolean' },
        port: { type: 'string' },
        'subgraph-port-base': { type: 'string' },
        'no-sample': { type: 'boolean' },
      },
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RuntimeFailure('CONFIG_INVALID', `${reason} (npm start -- --help lists the options)`)
  }
}
