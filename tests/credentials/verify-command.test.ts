import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  buildIssuerIdentity,
  createSalts,
  credentialFormats,
  ensureTestKeys,
  issueCredential,
  loadKeyRing,
  toTrustedIssuer,
} from '../../subgraphs/recognition/index.js'
import { benchIssuance, benchSource } from '../bench/credentials/sample-credential.js'

const checkNames = ['FORMAT', 'SEAL', 'REVOCATION', 'ACCREDITATION', 'VALIDITY', 'ISSUER', 'HOLDER']
let directory: string
let trust: string
const documents = new Map<string, string>()

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hub-verify-'))
  const keyDirectory = join(directory, 'keys')
  const { issuingBody, awardingBody } = benchSource
  // The command reads the world's clock.
  const at = new Date(Date.now() - 86_400_000)
  await ensureTestKeys(keyDirectory, issuingBody, at)
  const issuer = buildIssuerIdentity('https://hub.example', 'foundation', issuingBody)
  const keys = await loadKeyRing(keyDirectory)
  const issuing = { issuer, keys, salt: createSalts() }
  for (const format of credentialFormats) {
    const issuance = {
      ...benchIssuance('https://hub.example/credentials/status/1', at),
      status: null,
    }
    documents.set(format, await issueCredential(benchSource, format, issuance, issuing))
  }
  trust = join(directory, 'trust.json')
  const mandates = [awardingBody.id, awardingBody.legalNames.en]
  const issuers = [toTrustedIssuer(issuer, keys, mandates)]
  await writeFile(trust, JSON.stringify({ issuers }))
})
afterAll(() => rm(directory, { recursive: true }))

interface Run {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as a script would; `input` goes to its standard input. */
function run(args: readonly string[], input = ''): Promise<Run> {
  const child = spawn(process.execPath, ['.build/infra/tools/verify/main.js', ...args], {
    env: { PATH: process.env.PATH, HUB_ELM_SHAPES: '/nowhere' },
    timeout: 60_000,
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (data) => (stdout += data))
  child.stderr.on('data', (data) => (stderr += data))
  child.stdin.end(input)
  return new Promise((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }))
  })
}

async function fileOf(name: string, text: string): Promise<string> {
  const file = join(directory, name)
  await writeFile(file, text)
  return file
}

describe('npm run verify', () => {
  it.each(credentialFormats)(
    'ends with 0 for a verified %s, and says so as JSON',
    async (format) => {
      const file = await fileOf('credential', documents.get(format) ?? '')
      const { exitCode, stdout } = await run([file, '--trust', trust, '--offline', '--json'])
      const report = JSON.parse(stdout)
      expect([exitCode, report.verdict, report.format]).toEqual([0, 'VERIFIED', format])
      expect(Object.keys(report).slice(0, 2)).toEqual(['verdict', 'checks'])
      expect(report.checks.map(({ name }: { name: string }) => name)).toEqual(checkNames)
      for (const check of report.checks) {
        expect(check.status).toMatch(/^(pass|neutral)$/)
        expect(check.reason).toEqual(expect.any(String))
      }
      expect(stdout).not.toMatch(/recogni[sz]ed/i)
    },
  )

  it('ends with 1 for a changed one, with 2 for one of a stranger, and reads standard input', async () => {
    const text = documents.get('vc+jwt') ?? ''
    const [header = '', payload = '', signature] = text.split('.')
    const credential = JSON.parse(Buffer.from(payload, 'base64url').toString())
    credential.credentialSubject.givenName = 'Somebody else'
    const forged = Buffer.from(JSON.stringify(credential)).toString('base64url')
    const changed = await run(
      ['-', '--trust', trust, '--offline'],
      [header, forged, signature].join('.'),
    )
    expect(changed.exitCode).toBe(1)
    expect(changed.stdout).toMatch(/^FAILED \(vc\+jwt\)\n[\s\S]*✗ SEAL/)
    const nobody = await fileOf('nobody.json', '{"issuers":[]}')
    expect((await run(['-', '--trust', nobody, '--offline'], text)).exitCode).toBe(2)
  })

  it('ends with 3 and a reason when nothing could be looked at', async () => {
    const missing = await run(['/nowhere/credential'])
    expect([missing.exitCode, missing.stdout]).toEqual([3, ''])
    expect(missing.stderr).toMatch(/^verify: /)
    const file = await fileOf('credential', documents.get('vc+jwt') ?? '')
    const broken = await run([file, '--trust', await fileOf('broken.json', '{"issuers":[{}]}')])
    expect(broken.exitCode).toBe(3)
    expect(broken.stderr).toContain('CONFIG_INVALID')
    expect((await run([])).exitCode).toBe(3)
    expect((await run(['--help'])).exitCode).toBe(0)
  })
})
