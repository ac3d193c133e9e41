import { parseArgs } from 'node:util'
import { HubError } from '../../schema/index.js'

/** What the stand-alone gateway is told on its command line. */
export interface GatewayArguments {
  readonly mode: 'serve' | 'help'
  /** Where it listens is printed as one JSON object instead of text. */
  readonly isJson: boolean
  /** Whether a supergraph was named: then our own register and example operations do not apply. */
  readonly isForeign: boolean
  /** Variables that flags stand for; they win over the environment. */
  readonly overrides: Readonly<Record<string, string>>
}

export const usage = `npm run gateway -- [options]: the gateway alone, on any Federation v2 supergraph

  --supergraph FILE   the supergraph; subgraphs are where it says           HUB_SUPERGRAPH
                      (none: our own, with the members of our register)     schema/supergraph.graphql
  --register FILE     members behind the supergraph's subgraph 'catalogue'  HUB_REGISTER
  --documents PATH    operations known by their hash: a folder or manifest   HUB_DOCUMENTS
  --port N            0 picks a free one                                    HUB_PORT, 4000
  --host H            address to listen on                                  HUB_HOST, 127.0.0.1
  --workers N         processes that share the port                         HUB_WORKERS, one per core
  --shadow            compare kept answers with live ones, serve the live    HUB_CACHE_SHADOW=true
  --watch             take over changed files without a signal              HUB_WATCH=true
  --json              print where it listens as one JSON object
  --help              this text

SIGHUP reads supergraph, register and documents again; running requests finish on the old ones, faulty ones are refused.
HUB_MODE=production turns explorer, introspection and suggestions off. gateway/config.ts has the other variables.
`

const variableOf = {
  supergraph: 'HUB_SUPERGRAPH',
  register: 'HUB_REGISTER',
  documents: 'HUB_DOCUMENTS',
  port: 'HUB_PORT',
  host: 'HUB_HOST',
  workers: 'HUB_WORKERS',
} as const

/**
 * Parses the command line.
 *
 * @throws HubError `CONFIG_INVALID` for an option there is not.
 */
export function parseGatewayArguments(args: readonly string[]): GatewayArguments {
  const values = parseFlags(args)
  const overrides: Record<string, string> = {}
  for (const [flag, variable] of Object.entries(variableOf)) {
    const value = values[flag as keyof typeof variableOf]
    if (value === undefined) continue
    // An empty text would count as absent and fall back to the default without a word.
    if (value.trim() === '') throw toFault(`--${flag} needs a value`)
    overrides[variable] = value
  }
  if (values.watch) overrides.HUB_WATCH = 'true'
  if (values.shadow) overrides.HUB_CACHE_SHADOW = 'true'
  return {
    mode: values.help ? 'help' : 'serve',
    isJson: values.json ?? false,
    isForeign: values.supergraph !== undefined,
    overrides,
  }
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        supergraph: { type: 'string' },
        register: { type: 'string' },
        documents: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        workers: { type: 'string' },
        shadow: { type: 'boolean' },
        watch: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (cause) {
    throw toFault(cause instanceof Error ? cause.message : String(cause))
  }
}

function toFault(reason: string): HubError {
  const message = `${reason} (npm run gateway -- --help lists the options)`
  return new HubError('CONFIG_INVALID', { message })
}
