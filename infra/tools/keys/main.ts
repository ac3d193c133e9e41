import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
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
import { runCredentialKeys } from './credential-keys.js'

const usage = `npm run keys -- [options]: makes and hands out the keys of signed requests and messages

  --subgraph NAME    prints the keys of one subgraph (a member's slug, or recognition), for its HUB_REQUEST_KEYS
  --webhook SLUG     makes the key a member tells the hub of its syncs with, for its HUB_WEBHOOK_KEY; the public half,
                     for "webhookKeys" of its entry in the register, goes to standard error
  --new              prints a set with one new root key, for the gateway's HUB_SIGNING_KEYS
  --root FILE        the gateway's root keys, default HUB_SIGNING_KEYS, else those of \`npm start\` on this machine
  --help             this text

npm run keys -- credentials --help is about the keys credentials are sealed with.

To change keys: put a new root key behind the old ones, hand out the subgraphs' keys again, put the new key first,
and in the end take the old one away. Subgraphs read their file again when they meet a key they do not know.
The output is secret: send it to a file only its owner reads (umask 077).
`

const [topic, ...rest] = process.argv.slice(2)
const isAboutCredentials = topic === 'credentials'
const { values: flags } = parseArgs({
  args: isAboutCredentials ? [] : process.argv.slice(2),
  options: {
    subgraph: { type: 'string' },
    webhook: { type: 'string' },
    new: { type: 'boolean', default: false },
    root: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const isAsked = flags.subgraph !== undefined || flags.webhook !== undefined || flags.new
if (isAboutCredentials) {
  process.exitCode = await runCredentialKeys(rest, {
    findDirectory: async () =>
      process.env.HUB_CREDENTIAL_KEYS ?? join(await findState(process.env), 'credential-keys'),
    now: () => new Date(),
    write: (text) => void process.stdout.write(text),
  }).catch(report)
} else if (flags.help || !isAsked) {
  process.stdout.write(usage)
  process.exitCode = flags.help ? 0 : 1
} else {
  process.exitCode = await printKeys(process.env).catch(report)
}

function report(error: unknown): number {
  const isExpected = error instanceof HubError || error instanceof RuntimeFailure
  const text = error instanceof HubError ? `${error.code}: ${error.message}` : String(error)
  process.stderr.write(`keys: ${isExpected ? text : String(error)}\n`)
  return 1
}

async function printKeys(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const { subgraph, webhook } = flags
  if (webhook !== undefined) return printWebhookKey(webhook)
  if (subgraph === undefined) {
    process.stdout.write(printRequestKeys([createRootKey()]))
    return 0
  }
  assertSlug(subgraph)
  const file = flags.root ?? env.HUB_SIGNING_KEYS
  const roots =
    file === undefined
      ? await loadOrCreateRootKeys(join(await findState(env), 'signing-keys.json'))
      : await readKeyFile(file)
  process.stdout.write(printRequestKeys(deriveRequestKeys(roots, subgraph)))
  return 0
}

async function printWebhookKey(slug: string): Promise<number> {
  assertSlug(slug)
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const jwk = await exportJWK(privateKey)
  const { d, ...half } = { ...jwk, kid: await calculateJwkThumbprint(jwk) }
  process.stdout.write(`${JSON.stringify({ ...half, d })}\n`)
  process.stderr.write(
    `keys: add to "webhookKeys" of ${slug} in the register: ${JSON.stringify(half)}\n`,
  )
  return 0
}

function assertSlug(slug: string): void {
  if (isMemberSlug(slug)) return
  const message = `'${slug}' can be no subgraph: a lower-case letter, then letters or digits`
  throw new HubError('CONFIG_INVALID', { message })
}

async function findState(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  return env.HUB_STATE_DIRECTORY ?? (await chooseStateDirectory(process.cwd()))
}
