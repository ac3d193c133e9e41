import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { HubError } from '../../../schema/index.js'
import {
  addCertifiedKey,
  listKeys,
  readCertifiedOrganisation,
  rotateTestKey,
  type SigningAlgorithm,
  signingAlgorithms,
  withdrawKey,
} from '../../../subgraphs/recognition/index.js'

export const credentialKeysUsage = `npm run keys -- credentials COMMAND [options]: the keys credentials are sealed with

  list                          every key: algorithm, since when and until when it signs, whether it was withdrawn
  rotate --algorithm ALG        a new key (ES256, RS256 or PS256); the old one goes on until the new one signs, and what
                                it sealed stays valid
    --key FILE                  its private key, PEM without a passphrase
    --certificates FILE         PEM: the seal's certificate, those between, the authority's; needed with --key
    --overlap SECONDS           how long it is published before it signs, default 86400; the first one signs at once
                                Without --key a test key is made, where the others are test keys, too
  withdraw KEY-ID               for a key that may have been stolen: nothing it sealed verifies any more

  --directory DIR               default HUB_CREDENTIAL_KEYS, else that of \`npm start\` on this machine
  --json                        one object
  --help                        this text

A running hub takes over what changed within seconds.
`

/**
 * Runs `npm run keys -- credentials …`; returns the exit code.
 *
 * @param deps.findDirectory - Where keys are when the command line does not say.
 * @throws HubError `SIGNING_KEYS_INVALID`, `CONFIG_INVALID`.
 */
export async function runCredentialKeys(
  args: readonly string[],
  deps: {
    readonly findDirectory: () => Promise<string>
    readonly now: () => Date
    readonly write: (text: string) => void
  },
): Promise<number> {
  const { values: flags, positionals } = parseCommandLine(args)
  const [command, keyId] = positionals
  if (flags.help || command === undefined) {
    deps.write(credentialKeysUsage)
    return flags.help ? 0 : 1
  }
  const directory = flags.directory ?? (await deps.findDirectory())
  const print = (json: object, text: string) =>
    deps.write(flags.json ? `${JSON.stringify(json)}\n` : text)
  switch (command) {
    case 'list': {
      const { isTest, keys } = await listKeys(directory)
      const rows = keys.map(({ publicJwk: _, certificateChain: __, ...row }) => row)
      const lines = rows.map(
        (row) =>
          `${row.keyId} ${row.algorithm} signs ${row.signsFrom} to ${row.signsUntil ?? 'further notice'}` +
          `${row.withdrawnAt === null ? '' : `, withdrawn ${row.withdrawnAt}`}\n`,
      )
      print({ directory, isTest, keys: rows }, `${isTest ? 'TEST KEYS\n' : ''}${lines.join('')}`)
      return 0
    }
    case 'rotate': {
      const { keyId: added, signsFrom } = await rotate(directory, flags, deps.now())
      print({ keyId: added, signsFrom }, `${added} signs from ${signsFrom}\n`)
      return 0
    }
    case 'withdraw': {
      if (keyId === undefined) throw invalid('withdraw needs the id of a key')
      await withdrawKey(directory, keyId, deps.now())
      const idle = await findIdleAlgorithm(directory, keyId, deps.now())
      const warning =
        idle === null
          ? ''
          : `nothing signs with ${idle} now: npm run keys -- credentials rotate --algorithm ${idle} --overlap 0\n`
      print({ withdrawn: keyId, signsNow: idle === null }, `${keyId} is withdrawn\n${warning}`)
      return 0
    }
    default:
      throw invalid(`'${command}' is none of list, rotate, withdraw`)
  }
}

/** The algorithm of a withdrawn key when no other key signs with it now, so that issuing stands still; else null. */
async function findIdleAlgorithm(
  directory: string,
  keyId: string,
  now: Date,
): Promise<SigningAlgorithm | null> {
  const { keys } = await listKeys(directory)
  const algorithm = keys.find((entry) => entry.keyId === keyId)?.algorithm ?? null
  const signs = keys.some(
    (entry) =>
      entry.algorithm === algorithm &&
      entry.withdrawnAt === null &&
      new Date(entry.signsFrom) <= now &&
      (entry.signsUntil === null || now < new Date(entry.signsUntil)),
  )
  return signs ? null : algorithm
}

function parseCommandLine(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        directory: { type: 'string' },
        algorithm: { type: 'string' },
        key: { type: 'string' },
        certificates: { type: 'string' },
        overlap: { type: 'string', default: '86400' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error))
  }
}

async function rotate(
  directory: string,
  flags: ReturnType<typeof parseCommandLine>['values'],
  now: Date,
): Promise<{ readonly keyId: string; readonly signsFrom: string }> {
  const algorithm: SigningAlgorithm | undefined = signingAlgorithms.find(
    (known) => known === flags.algorithm,
  )
  if (algorithm === undefined) {
    throw invalid(`--algorithm must be one of ${signingAlgorithms.join(', ')}`)
  }
  if (!/^\d{1,8}$/.test(flags.overlap)) throw invalid('--overlap must be a number of seconds')
  const overlapSeconds = Number(flags.overlap)
  if ((flags.key === undefined) !== (flags.certificates === undefined)) {
    throw invalid('--key and --certificates go together')
  }
  if (flags.key !== undefined && flags.certificates !== undefined) {
    const privateKey = await read(flags.key)
    const certificates = await read(flags.certificates)
    return addCertifiedKey(directory, { algorithm, privateKey, certificates, now, overlapSeconds })
  }
  const [first] = (await listKeys(directory)).keys
  const certificate = Buffer.from(first?.certificateChain[0] ?? '', 'base64')
  const organisation =
    certificate.length === 0 ? null : readCertifiedOrganisation(new X509Certificate(certificate))
  if (organisation === null) throw invalid('no certificate says whom the keys belong to')
  return rotateTestKey(directory, { algorithm, organisation, now, overlapSeconds })
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    // Without the cause: what is in the file is secret.
    throw invalid(`${file} cannot be read`)
  })
}

function invalid(message: string): HubError {
  return new HubError('CONFIG_INVALID', { message })
}
