import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { HubError } from '../../../schema/index.js'
import {
  createStandaloneVerifier,
  loadAccreditations,
  readTrustedIssuers,
  type VerificationReport,
} from '../../../subgraphs/recognition/index.js'
import { chooseStateDirectory } from '../../runtime/index.js'
import { formatVerification } from './format-verification.js'

const usage = `npm run verify -- FILE [options]: looks at a digital credential and reports what was found

  FILE               a European Digital Credential, vc+jwt, SD-JWT VC or Open Badge; - reads standard input
  --trust FILE       whose seals to believe, as JSON; default HUB_TRUSTED_ISSUERS, else the hub that ran in this folder
  --offline          fetch nothing: no list of statuses, no key
  --json             one object: {"verdict", "checks": [{"name", "status", "reason"}]}
  --help             this text

HUB_ELM_SHAPES names the folder of the European SHACL shapes, default ../shared/data/elm where that is there.
HUB_ACCREDITATIONS names the register of accreditations, default subgraphs/recognition/data/accreditations.json.
A verdict is about authenticity. Whether a credential is recognised, an institution decides.
Exit code 0 when VERIFIED, 1 when FAILED, 2 when UNDETERMINED, 3 when nothing could be looked at.
`

const exitCodes = { VERIFIED: 0, FAILED: 1, UNDETERMINED: 2 } as const
const cannotRun = 3

process.exitCode = await run(process.argv.slice(2), process.env).catch((error: unknown) => {
  const text = error instanceof HubError ? `${error.code}: ${error.message}` : String(error)
  process.stderr.write(`verify: ${text}\n`)
  return cannotRun
})

async function run(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const { values: flags, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      trust: { type: 'string' },
      offline: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const [file] = positionals
  if (flags.help || file === undefined || positionals.length > 1) {
    process.stdout.write(usage)
    return flags.help ? 0 : cannotRun
  }
  const bytes = file === '-' ? await readStandardInput() : await readFile(file)
  const verify = createStandaloneVerifier({
    trustedIssuers: await findTrust(flags.trust ?? env.HUB_TRUSTED_ISSUERS, env),
    shapesDirectory: findShapes(env.HUB_ELM_SHAPES),
    accreditations: findAccreditations(env.HUB_ACCREDITATIONS),
    isOnline: !flags.offline,
    now: () => Date.now(),
  })
  const report = await verify(bytes)
  process.stdout.write(
    flags.json ? `${JSON.stringify(toJson(report))}\n` : formatVerification(report),
  )
  return exitCodes[report.verdict]
}

/** The report's promise to scripts first, everything else after it. */
function toJson({ verdict, checks, ...rest }: VerificationReport): object {
  return { verdict, checks, ...rest }
}

/** The issuers of the file named, or of the hub that ran in this folder; nobody when there is neither. */
async function findTrust(
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): ReturnType<typeof readTrustedIssuers> {
  if (file !== undefined) return readTrustedIssuers(file)
  const state = env.HUB_STATE_DIRECTORY ?? (await chooseStateDirectory(process.cwd()))
  const own = join(env.HUB_CREDENTIAL_KEYS ?? join(state, 'credential-keys'), 'trust.json')
  return existsSync(own) ? readTrustedIssuers(own) : []
}

function findShapes(directory: string | undefined): string | null {
  if (directory !== undefined) return directory
  const usual = '../shared/data/elm'
  return existsSync(usual) ? usual : null
}

function findAccreditations(file: string | undefined): ReturnType<typeof loadAccreditations> {
  if (file !== undefined) return loadAccreditations(file)
  const usual = 'subgraphs/recognition/data/accreditations.json'
  return existsSync(usual) ? loadAccreditations(usual) : []
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
