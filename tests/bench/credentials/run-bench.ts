import { constants, createPrivateKey, sign, verify } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  buildIssuerIdentity,
  buildOfflineContexts,
  type CredentialFormat,
  createGraphCheck,
  createSalts,
  createStatusListReader,
  createTrustStore,
  credentialFormats,
  ensureTestKeys,
  issueCredential,
  loadKeyRing,
  parseCredential,
  readBit,
  signStatusList,
  statusListLength,
  toTrustedIssuer,
  verifyCredential,
  verifySignature,
} from '../../../subgraphs/recognition/index.js'
import { median } from '../median.js'
import type { CredentialBenchArguments } from './arguments.js'
import { measureCpu } from './measure.js'
import { measureRevocation, type RevocationFigures } from './measure-revocation.js'
import { benchIssuance, benchSource, listCohort } from './sample-credential.js'

/**
 * CPU µs of one operation, and its share of the bare signature's speed: 1 would be as fast as the signature alone. The
 * bare signature is the primitive that issuing and verifying themselves use; `plain` is the call that node:crypto
 * documents for JOSE's form of a signature, key and encoding in one object of options, which is slower.
 */
export interface FormatFigures {
  readonly format: CredentialFormat
  readonly algorithm: string
  readonly bytes: number
  readonly signUs: number
  readonly issueUs: number
  readonly issueRatio: number
  readonly verifySignatureUs: number
  readonly verifyUs: number
  readonly verifyRatio: number
  readonly plainSignUs: number
  readonly plainVerifyUs: number
  readonly issueOfPlain: number
  readonly verifyOfPlain: number
}

export interface CredentialBenchResult {
  readonly formats: readonly FormatFigures[]
  readonly revocation: RevocationFigures
  readonly statusCheck: {
    /** CPU ns to look at one bit in a list of this many entries. */
    readonly nsByEntries: Readonly<Record<string, number>>
  }
}

/** Measures issuing, verifying, revoking and looking a status up. */
export async function runCredentialBench(
  { windowMs, rounds, revoked }: CredentialBenchArguments,
  note: (text: string) => void,
): Promise<CredentialBenchResult> {
  const directory = await mkdtemp(join(tmpdir(), 'hub-bench-keys-'))
  try {
    const bench = await prepare(directory)
    const formats: FormatFigures[] = []
    for (const format of credentialFormats) {
      note(`${format} …`)
      formats.push(await measureFormat(format, bench, windowMs, rounds))
    }
    note('revocation …')
    return {
      formats,
      revocation: await measureRevocation(
        revoked,
        {
          issuing: bench.issuing,
          now: bench.now,
          document: await issueCredential(benchSource, 'vc+jwt', bench.issuance, bench.issuing),
        },
        note,
      ),
      statusCheck: measureStatusCheck(),
    }
  } finally {
    await rm(directory, { recursive: true })
  }
}

type Bench = Awaited<ReturnType<typeof prepare>>

async function prepare(directory: string) {
  const now = new Date('2026-11-23T12:00:00Z')
  const { issuingBody, awardingBody } = benchSource
  await ensureTestKeys(directory, issuingBody, new Date('2026-11-01T00:00:00Z'))
  const issuer = buildIssuerIdentity('https://hub.example', 'bench', issuingBody)
  const keys = await loadKeyRing(directory)
  const trust = createTrustStore([
    toTrustedIssuer(issuer, keys, [awardingBody.id, awardingBody.legalNames.en]),
  ])
  const list = 'https://hub.example/credentials/status/1'
  const signer = keys.signer('ES256', now)
  const load = (url: string) => {
    const purpose = url.endsWith('revocation') ? ('revocation' as const) : ('suspension' as const)
    const bits = new Uint8Array(statusListLength / 8)
    return signStatusList({ url, purpose, bits }, issuer, signer, now)
  }
  const clock = () => now.getTime()
  const deps = {
    checkGraph: createGraphCheck({ contexts: buildOfflineContexts(), shapes: null }),
    trust,
    remoteKeys: null,
    statusLists: createStatusListReader({ load, trust, remoteKeys: null, now: clock }),
    accreditations: () => [],
    now: clock,
  }
  const issuing = { issuer, keys, salt: createSalts() }
  return { directory, now, issuer, keys, signer, issuing, deps, issuance: benchIssuance(list, now) }
}

/** Awards issued, and documents verified, in turns: no two in a row say the same of the same person. */
const cohortSize = 64

function inTurns<Item>(items: readonly Item[]): () => Item {
  let turn = 0
  return () => {
    turn = (turn + 1) % items.length
    return items[turn] as Item
  }
}

async function measureFormat(
  format: CredentialFormat,
  bench: Bench,
  windowMs: number,
  rounds: number,
): Promise<FormatFigures> {
  const { issuing, issuance, deps, keys, now } = bench
  const cohort = listCohort(cohortSize).map((source, index) => ({
    source,
    issuance: { ...issuance, status: issuance.status && { ...issuance.status, index } },
  }))
  const next = inTurns(cohort)
  const issue = () => {
    const { source, issuance: own } = next()
    return issueCredential(source, format, own, issuing)
  }
  const documents: Buffer[] = []
  for (const _ of cohort) documents.push(Buffer.from(await issue()))
  const [bytes] = documents
  const parsed = bytes && parseCredential(bytes)
  const seal = parsed?.ok ? parsed.credential.seal : null
  if (bytes === undefined || seal === null) throw new Error(`${format} cannot be read`)
  for (const document of documents) {
    const report = await verifyCredential(document, deps)
    if (report.verdict !== 'VERIFIED') throw new Error(`${format} does not verify`)
  }
  const nextDocument = inTurns(documents)
  const algorithm = seal.header.alg === 'RS256' ? 'RS256' : 'ES256'
  const signer = keys.signer(algorithm, now)
  const key = deps.trust.findKey(signer.keyId, issuing.issuer.did)?.key
  if (key === undefined) throw new Error('the key is not trusted')
  const plainKey = createPrivateKey(
    await readFile(join(bench.directory, `${signer.keyId}.key.pem`)),
  )
  const options = { dsaEncoding: 'ieee-p1363', padding: constants.RSA_PKCS1_PADDING } as const
  const input = Buffer.from(seal.input)
  const works = {
    plainSignUs: async () => sign('sha256', input, { key: plainKey, ...options }),
    plainVerifyUs: async () => verify('sha256', input, { key, ...options }, seal.signature),
    signUs: () => signer.sign(seal.input),
    issueUs: issue,
    verifySignatureUs: async () => verifySignature(algorithm, key, seal.input, seal.signature),
    verifyUs: () => verifyCredential(nextDocument(), deps),
  }
  const samples = {
    signUs: [],
    issueUs: [],
    verifySignatureUs: [],
    verifyUs: [],
    plainSignUs: [],
    plainVerifyUs: [],
  } as Record<keyof typeof works, number[]>
  // In turns: what slows the machine down for a while slows all of them down.
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(works) as (keyof typeof works)[]) {
      samples[name].push(await measureCpu(works[name], windowMs))
    }
  }
  const signUs = median(samples.signUs)
  const issueUs = median(samples.issueUs)
  const verifySignatureUs = median(samples.verifySignatureUs)
  const verifyUs = median(samples.verifyUs)
  const plainSignUs = median(samples.plainSignUs)
  const plainVerifyUs = median(samples.plainVerifyUs)
  return {
    format,
    algorithm,
    bytes: bytes.length,
    signUs,
    issueUs,
    issueRatio: signUs / issueUs,
    verifySignatureUs,
    verifyUs,
    verifyRatio: verifySignatureUs / verifyUs,
    plainSignUs,
    plainVerifyUs,
    issueOfPlain: plainSignUs / issueUs,
    verifyOfPlain: plainVerifyUs / verifyUs,
  }
}

/** The same number of looks in lists of three sizes: the time of one must not depend on it. */
function measureStatusCheck(): CredentialBenchResult['statusCheck'] {
  const looks = 3_000_000
  const nsByEntries: Record<string, number> = {}
  for (const entries of [131_072, 1_048_576, 8_388_608]) {
    const bits = new Uint8Array(entries / 8)
    let index = 1
    let found = 0
    const start = process.cpuUsage()
    for (let look = 0; look < looks; look += 1) {
      index = (index * 1_103_515_245 + 12_345) % entries
      if (readBit(bits, index)) found += 1
    }
    const { user, system } = process.cpuUsage(start)
    if (found > 0) throw new Error('an empty list has no bits')
    nsByEntries[entries] = ((user + system) * 1_000) / looks
  }
  return { nsByEntries }
}
