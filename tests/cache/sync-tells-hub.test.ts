import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import {
  findFreePort,
  type RunningPostgres,
  silentLogger,
  startEmbeddedPostgres,
} from '../../infra/runtime/index.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import {
  countCalls,
  inOwnJurisdictions,
  post,
  rootDirectory,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

// Commands as people run them, from the build that `npm test` has just made, on a Postgres where nobody else syncs dcu.
const build = join(rootDirectory, '.build')
// Whole answers are shared by query text through the suites' one Redis, so nobody else asks this.
const page = '{ afterSync: courseOfferings(first: 4) { nodes { id } } }'

let directory: string
let postgres: RunningPostgres
let members: ReadonlyMap<string, FakeMember>
let gateway: RunningGateway
let env: Record<string, string>
let child: ChildProcess | undefined

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hub-sync-test-'))
  // As root, Postgres runs as another user, who has to pass through.
  await chmod(directory, 0o711)
  const dataDirectory = join(directory, 'postgres')
  postgres = await startEmbeddedPostgres({
    ...{ dataDirectory, port: 0, durable: false },
    log: silentLogger,
  })
  const made = await run('infra/tools/keys/main.js', ['--webhook', 'dcu'])
  const webhookKeys = [JSON.parse(made.stderr.slice(made.stderr.indexOf('{')))]
  expect(webhookKeys[0]).not.toHaveProperty('d')
  const specs = ['dcu', 'uis'].map((slug, index) => ({ slug, jurisdiction: `Y${index}` }))
  const started = await startMembers(specs)
  members = started.members
  const register = inOwnJurisdictions(started.register)
  const signing = register.members.map((member) =>
    member.slug === 'dcu' ? { ...member, webhookKeys } : member,
  )
  gateway = await startCachedGateway(
    { ...register, members: signing },
    { redis: { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map() } },
  )
  const keyFile = join(directory, 'key.json')
  await writeFile(keyFile, made.stdout)
  env = {
    DATABASE_URL: postgres.url,
    HUB_URL: new URL('/', gateway.url).href,
    HUB_WEBHOOK_KEY: keyFile,
  }
}, 60_000)

afterAll(async () => {
  child?.kill('SIGKILL')
  await gateway?.stop()
  for (const member of members?.values() ?? []) await member.stop()
  await postgres?.stop()
  await rm(directory, { recursive: true, force: true })
})

async function run(program: string, args: readonly string[], variables = {}) {
  return promisify(execFile)(process.execPath, [join(build, program), ...args], {
    cwd: rootDirectory,
    env: { PATH: process.env.PATH, ...variables },
  })
}

const sync = (variables: Record<string, string> = env) =>
  run('infra/tools/sync/main.js', ['--member', 'dcu', '--json'], variables)

/** Calls to members that the page costs after this; 0 when all of it is still kept. */
async function callsAfter(change: () => Promise<unknown>): Promise<number> {
  await post(gateway.url, { query: page })
  const before = countCalls(members)
  await change()
  await post(gateway.url, { query: page })
  return countCalls(members) - before
}

test('a sync from the command line purges what it changed, of its member alone, and nothing when it changed nothing', async () => {
  const outcomes: string[] = []
  const syncHere = async () => outcomes.push((await sync()).stderr)
  expect(await callsAfter(syncHere)).toBe(1)
  expect(await callsAfter(syncHere)).toBe(0)
  expect(outcomes.join()).not.toContain('warning')
}, 60_000)

test('a member that runs by itself purges what the sync at its start changed', async () => {
  const text = await readFile(join(rootDirectory, 'subgraphs/dcu/data/oeapi.json'), 'utf8')
  const source = JSON.parse(text)
  source.courses[0].link = 'https://example.org/changed'
  await writeFile(join(directory, 'oeapi.json'), JSON.stringify(source))
  const start = async () => {
    child = spawn(process.execPath, [join(build, 'subgraphs/dcu/main.js')], {
      cwd: rootDirectory,
      env: {
        ...{ PATH: process.env.PATH, ...env },
        ...{ HUB_MEMBER_DATA: directory, HUB_MEMBER_PORT: '0', HUB_ALLOW_UNSIGNED: 'true' },
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [line] = await once(child.stdout ?? child, 'data')
    expect(String(line)).toMatch(/^dcu: http/)
  }
  expect(await callsAfter(start)).toBe(1)
}, 60_000)

test('a hub that is away is one warning with the way out, and the sync is done all the same', async () => {
  const away = `http://127.0.0.1:${await findFreePort()}`
  const { stdout, stderr } = await sync({ ...env, HUB_URL: away })
  expect(JSON.parse(stdout)).toMatchObject({ changed: 1, rejected: 0 })
  const warnings = stderr.split('\n').filter((line) => line.includes('warning'))
  expect(warnings).toEqual([
    expect.stringMatching(
      /^sync: warning: the hub was not told .*ECONNREFUSED.*npm run purge -- --member dcu/,
    ),
  ])
}, 60_000)

test('a key that is none is said before anything is written', async () => {
  const file = join(directory, 'oeapi.json')
  await expect(sync({ ...env, HUB_WEBHOOK_KEY: file })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^sync: CONFIG_INVALID: HUB_WEBHOOK_KEY: .*npm run keys/),
  })
  const { HUB_URL: _, ...rest } = env
  await expect(sync(rest)).rejects.toMatchObject({
    stderr: expect.stringMatching(/^sync: CONFIG_INVALID: HUB_URL: /),
  })
}, 60_000)
