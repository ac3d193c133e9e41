import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { HubError, isMemberSlug } from '../../../schema/index.js'
import {
  chooseStateDirectory,
  createRootKey,
  deriveRequestKeys,
  loadOrCreateRootKeys,
  printRequestKeys,
  RuntimeFailure,
  readKeyFile,
} from '../../runtime/index.js'

const usage = `npm run keys -- [options]: makes and hands out the keys of signed requests

  --subgraph NAME    prints the keys of one subgraph (a member's slug, or recognition), for its HUB_REQUEST_KEYS
  --new              prints a set with one new root key, for the gateway's HUB_SIGNING_KEYS
  --root FILE        the gateway's root keys, default HUB_SIGNING_KEYS, else those of \`npm start\` on this machine
  --help             this text

To change keys: put a new root key behind the old ones, hand out the subgraphs' keys again, put the new key first,
and in the end take the old one away. Subgraphs read their file again when they meet a key they do not know.
The output is secret: send it to a file only its owner reads (umask 077).
`

const { values: flags } = parseArgs({
  options: {
    subgraph: { type: 'string' },
    new: { type: 'boolean', default: false },
    root: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (flags.help || (flags.subgraph === undefined && !flags.new)) {
  process.stdout.write(usage)
  process.exitCode = flags.help ? 0 : 1
} else {
  process.exitCode = await printKeys(process.env).catch((error: unknown) => {
    const isExpected = error instanceof HubError || error instanceof RuntimeFailure
    process.stderr.write(`keys: ${isExpected ? error.message : String(error)}\n`)
    return 1
  })
}

async function printKeys(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const { subgraph } = flags
  if (subgraph === undefined) {
    process.stdout.write(printRequestKeys([createRootKey()]))
    return 0
  }
  if (!isMemberSlug(subgraph)) {
    const message = `'${subgraph}' can be no subgraph: a lower-case letter, then letters or digits`
    throw new HubError('CONFIG_INVALID', { message })
  }
  const file = flags.root ?? env.HUB_SIGNING_KEYS
  const roots =
    file === undefined
      ? await loadOrCreateRootKeys(join(await findState(env), 'signing-keys.json'))
      : await readKeyFile(file)
  process.stdout.write(printRequestKeys(deriveRequestKeys(roots, subgraph)))
  return 0
}

async function findState(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  return env.HUB_STATE_DIRECTORY ?? (await chooseStateDirectory(process.cwd()))
}
