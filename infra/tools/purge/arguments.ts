import { parseArgs } from 'node:util'
import { HubError } from '../../../schema/index.js'

/** What the command line asks for. */
export interface PurgeArguments {
  readonly isHelp: boolean
  readonly isJson: boolean
  /** Address of a gateway. */
  readonly url: string
  readonly token: string | undefined
  /** Body of the request. */
  readonly body: Readonly<Record<string, string | boolean>>
}

export const usage = `npm run purge -- SCOPE [options]: hides what the hub's gateways keep, at once and everywhere

  --member SLUG              everything of one member; 'alliance' for what no member owns
    --type NAME              of it, answers with this entity type in them, e.g. CourseOffering
  --id HUB_ID                answers of the owner with things of this id's type in them
  --jurisdiction CODE        everything of a jurisdiction
  --all                      everything
  --hard                     also erase it from memory and Redis, and wait for the receipt
  --url URL                  a gateway; default HUB_URL, else http://127.0.0.1:4000
  --json                     the answer as JSON on standard output
  --help                     this text

HUB_TOKEN is an operator's access token with the scope hub:purge; for a hub in development mode on this machine one is made.
Exit code 0 when every gateway has been told or will be within seconds, 1 on failure.
`

const defaultUrl = 'http://127.0.0.1:4000'

/**
 * Parses the command line.
 *
 * @throws HubError `CONFIG_INVALID` naming what is wrong.
 */
export function parsePurgeArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): PurgeArguments {
  const { help = false, json = false, url, ...scope } = parseFlags(args)
  const address = url ?? env.HUB_URL ?? defaultUrl
  if (!/^https?:$/.test(URL.parse(address)?.protocol ?? '')) {
    throw new HubError('CONFIG_INVALID', { message: `'${address}' is no http or https URL` })
  }
  const body = Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined))
  return { isHelp: help, isJson: json, url: address, token: env.HUB_TOKEN, body }
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        member: { type: 'string' },
        type: { type: 'string' },
        id: { type: 'string' },
        jurisdiction: { type: 'string' },
        all: { type: 'boolean' },
        hard: { type: 'boolean' },
        url: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new HubError('CONFIG_INVALID', { message: `${reason} (--help lists the options)` })
  }
}
