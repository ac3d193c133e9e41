import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  createDevelopmentIssuer,
  type DevelopmentIssuer,
  defaultGatewayConfig,
  loadDevelopmentKey,
  type RunningGateway,
  startGateway,
} from '../../../gateway/index.js'
import { loadMemberRegister } from '../../../schema/index.js'
import { findFreePort, silentLogger } from '../../runtime/index.js'
import { toInstant } from './since.js'

const root = new URL('../../..', import.meta.url).pathname

let stateDirectory: string
let gateway: RunningGateway
let issuer: DevelopmentIssuer

beforeAll(async () => {
  stateDirectory = await mkdtemp(join(tmpdir(), 'audit-test-'))
  const register = loadMemberRegister(join(root, 'schema/register/members.json'))
  issuer = createDevelopmentIssuer(await loadDevelopmentKey(stateDirectory), register)
  gateway = await startGateway({
    config: {
      ...defaultGatewayConfig,
      port: 0,
      drainTimeoutMs: 500,
      databaseUrl: inject('postgresUrl'),
    },
    supergraphSdl: await readFile(join(root, 'schema/supergraph.graphql'), 'utf8'),
    subgraphUrls: new Map([['recognition', 'http://127.0.0.1:9/graphql']]),
    issuers: [issuer.config],
    rootDirectory: root,
    examplesDirectory: null,
    log: silentLogger,
  })
})
afterAll(async () => {
  await gateway?.stop()
  await rm(stateDirectory, { recursive: true, force: true })
})

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const file = join(root, '.build/infra/tools/audit/main.js')
  const child = promisify(execFile)(process.execPath, [file, ...args], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HUB_URL: gateway.url,
      HUB_STATE_DIRECTORY: stateDirectory,
      ...env,
    },
  })
  return child.then(
    (result) => ({ ...result, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  )
}

describe('npm run audit', () => {
  it('prints what a learner asked for, as lines for people and for scripts', async () => {
    const learner = { role: 'learner', member: 'dcu', subject: 'audit-command' } as const
    const subjectId = issuer.toPrincipal(learner).subjectId ?? ''
    await fetch(gateway.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await issuer.issueToken(learner)}`,
      },
      body: JSON.stringify({ query: '{ me { id } }' }),
    })
    const args = ['--since', '1h', '--subject', subjectId]
    // Entries are written a moment after the answer.
    await expect
      .poll(async () => (await run([...args, '--json'])).stdout, { timeout: 20_000 })
      .toContain('"action":"query"')
    const { stdout, code } = await run([...args, '--json'])
    const [entry] = stdout.trim().split('\n')
    expect(code).toBe(0)
    expect(JSON.parse(entry ?? '')).toMatchObject({ subjectId, targets: ['me'] })
    expect((await run(args)).stdout).toMatch(new RegExp(`query {2}me {2}.*${subjectId}`))
  })

  it('names the way out when nobody answers, or the time is none', async () => {
    const url = `http://127.0.0.1:${await findFreePort()}`
    const alone = await run(['--since', '1h', '--url', url])
    expect([alone.code, alone.stderr]).toEqual([1, expect.stringContaining(`answers at ${url}`)])
    const wrong = await run(['--since', 'yesterday'])
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('--since is 30m')])
    expect((await run([])).stdout).toContain('npm run audit')
  })

  it.each([
    ['in production', [], { HUB_MODE: 'production' }],
    ['for another machine', ['--url', 'https://hub.example'], {}],
  ])('makes no token %s', async (_where, args, env) => {
    const { code, stderr } = await run(['--since', '1h', ...args], env)
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^audit: UNAUTHENTICATED: .*--token-file/),
    ])
  })
})

describe('a time', () => {
  it.each([
    ['90m', '2026-11-25T10:30:00.000Z'],
    ['24h', '2026-11-24T12:00:00.000Z'],
    ['7d', '2026-11-18T12:00:00.000Z'],
    ['2026-11-25T01:00:00+01:00', '2026-11-25T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(toInstant(text, Date.parse('2026-11-25T12:00:00Z'))).toBe(instant)
  })

  it.each(['', '24', '5w', '2026-11-25', '2026-11-25T00:00:00', '2026-13-25T00:00:00Z'])(
    "'%s' is none",
    (text) => {
      expect(() => toInstant(text, 0)).toThrow(/--since/)
    },
  )
})
