import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { access, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

// The launcher as people start it: a process of its own, from the build that `npm test` has just made.
const main = join(process.cwd(), '.build', 'infra', 'launch', 'main.js')

let stateDirectory: string
const children: ChildProcess[] = []

beforeAll(async () => {
  stateDirectory = await mkdtemp(join(tmpdir(), 'hub-launch-test-'))
  // As root, Postgres runs as another user, who has to pass through.
  await chmod(stateDirectory, 0o711)
})

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(stateDirectory, { recursive: true, force: true })
})

function launch(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [main, ...args], {
    env: {
      PATH: process.env.PATH,
      HUB_STATE_DIRECTORY: stateDirectory,
      HUB_PORT: '0',
      HUB_SUBGRAPH_PORT_BASE: '0',
      REDIS_URL: inject('redisUrl'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const output = { out: '', error: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.error += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }))
  return { child, ended, output }
}

/** Postgres removes its lock file last, so its absence says that the server is gone. */
function isPostgresRunning(): Promise<boolean> {
  return access(join(stateDirectory, 'postgres', 'postmaster.pid')).then(
    () => true,
    () => false,
  )
}

test('prints its options with --help and starts nothing', async () => {
  const { code, out } = await launch(['--help']).ended
  expect(code).toBe(0)
  expect(out).toContain('--smoke')
})

test('says in one line which port is taken, by whom it is wanted and how to choose another', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { code, error } = await launch(['--port', String(port)]).ended
  holder.close()
  expect(code).toBe(1)
  expect(error).toBe(
    `hub: PORT_TAKEN: port ${port} on 127.0.0.1 is in use: the gateway wants it; stop what uses it, or choose another with --port or HUB_PORT\n`,
  )
})

test.each([
  ['CONFIG_INVALID', ['--prot', '1'], {}, /'--prot'/],
  ['CONFIG_INVALID', [], { HUB_HOST: '', HUB_LOG_LEVEL: 'loud' }, /HUB_LOG_LEVEL must be one of/],
  ['CONFIG_INVALID', [], { HUB_DOCUMENTS: 'absent' }, /HUB_DOCUMENTS: absent cannot be read/],
  ['REGISTER_INVALID', [], { HUB_REGISTER: 'package.json' }, /package\.json is not valid: /],
  ['REGISTER_INVALID', [], { HUB_REGISTER: 'absent.json' }, /absent\.json cannot be read/],
  ['REDIS_UNAVAILABLE', [], { REDIS_URL: 'redis://127.0.0.1:1' }, /REDIS_URL \(127\.0\.0\.1:1\)/],
  [
    'DATABASE_UNAVAILABLE',
    [],
    { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x' },
    /127\.0\.0\.1:1/,
  ],
])(
  'fails with one line of %s for %j and %j, and leaves no server behind',
  async (code, args, env, text) => {
    const result = await launch(args, env).ended
    expect(result.code).toBe(1)
    expect(result.error).toMatch(new RegExp(`^hub: ${code}: .*\n$`))
    expect(result.error).toMatch(text)
    expect(result.error).not.toContain('secret')
    expect(await isPostgresRunning()).toBe(false)
  },
)

test('brings all thirteen members up with offerings, knows trusted documents, and stops everything on SIGINT', async () => {
  const query = 'query Trusted { institutions { slug } }'
  const sha256Hash = createHash('sha256').update(query).digest('hex')
  const documents = join(stateDirectory, 'documents.json')
  await writeFile(documents, JSON.stringify({ [sha256Hash]: query }))
  const { child, ended, output } = launch(['--json'], { HUB_DOCUMENTS: documents })
  while (!output.out.includes('\n')) {
    await Promise.race([once(child.stdout, 'data'), ended])
    if (child.exitCode !== null) throw new Error(`ended early: ${output.error}`)
  }
  const report = JSON.parse(output.out)
  expect(report.members).toHaveLength(13)
  for (const member of report.members) {
    expect(member).toMatchObject({ state: 'serving', reason: null })
    expect(member.offerings).toBeGreaterThan(0)
  }
  const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash } })
  const answer = await fetch(`${report.gatewayUrl}?${new URLSearchParams({ extensions })}`, {
    headers: { 'apollo-require-preflight': 'yes' },
  })
  expect(await answer.json()).toMatchObject({ data: { institutions: expect.any(Array) } })
  expect(await isPostgresRunning()).toBe(true)
  child.kill('SIGINT')
  expect((await ended).code).toBe(0)
  expect(await isPostgresRunning()).toBe(false)
  await expect(fetch(report.gatewayUrl)).rejects.toThrow()
}, 90_000)

test('passes the smoke run on a second start, with every operation of schema/operations', async () => {
  const { code, out, error } = await launch(['--smoke', '--json']).ended
  const report = JSON.parse(out)
  expect(report.results.flatMap((result: { faults: string[] }) => result.faults)).toEqual([])
  expect(report.results.length).toBeGreaterThanOrEqual(10)
  expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' })
  expect(await isPostgresRunning()).toBe(false)
}, 90_000)
