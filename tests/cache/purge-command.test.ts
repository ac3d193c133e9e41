import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import { issueTestToken, testIssuer } from '../setup/issue-test-token.js'
import {
  countCalls,
  inOwnJurisdictions,
  listMembers,
  post,
  rootDirectory,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

// The command as operators run it, with a real token, against a real gateway.
const page = '{ purged: courseOfferings(first: 4) { nodes { id } } }'
let members: ReadonlyMap<string, FakeMember>
let gateway: RunningGateway
let token: string

beforeAll(async () => {
  const started = await startMembers(listMembers(2))
  members = started.members
  gateway = await startCachedGateway(
    inOwnJurisdictions(started.register),
    { redis: { allianceUrl: inject('redisUrl'), urlsByJurisdiction: new Map() } },
    [testIssuer.config],
  )
  token = await issueTestToken({ role: 'operator', member: 'uis', scopes: ['hub:purge'] })
}, 60_000)

afterAll(async () => {
  await gateway?.stop()
  for (const member of members?.values() ?? []) await member.stop()
})

async function run(args: readonly string[], ownToken: string | undefined = token) {
  const file = join(rootDirectory, '.build/infra/tools/purge/main.js')
  const address = new URL('/', gateway.url).href
  const env = {
    PATH: process.env.PATH,
    HUB_MODE: 'production',
    HUB_URL: address,
    ...(ownToken && { HUB_TOKEN: ownToken }),
  }
  const running = promisify(execFile)(process.execPath, [file, ...args], {
    env,
    cwd: rootDirectory,
  })
  return running.then(
    (result) => ({ ...result, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  )
}

/** Calls to members that the page costs now. */
async function costOfPage(): Promise<number> {
  const before = countCalls(members)
  await post(gateway.url, { query: page })
  return countCalls(members) - before
}

test('the command purges a member at a running gateway, a type of it, and what an id is of', async () => {
  expect(await costOfPage()).toBe(2)
  expect(await costOfPage()).toBe(0)
  for (const scope of [
    ['--member', 'ma'],
    ['--member', 'mb', '--type', 'CourseOffering'],
    ['--id', 'ma:offering:1'],
  ]) {
    const { code, stdout, stderr } = await run([...scope, '--json'])
    expect([scope, code, stderr]).toEqual([scope, 0, ''])
    expect(JSON.parse(stdout)).toMatchObject({ status: 'done', isErasing: false })
    expect([scope, await costOfPage()]).toEqual([scope, 1])
  }
}, 60_000)

test('a hard purge waits for its receipt and prints it', async () => {
  await post(gateway.url, { query: page })
  const { code, stdout } = await run(['--member', 'ma', '--hard'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^purged: member ma /)
  expect(stdout).toMatch(/\n {2}erased [1-9]\d* in alliance\n/)
  expect(stdout).toMatch(/\n {2}erased \d+ in memory of \S+\n/)
  expect(stdout).toContain('other gateways erase, too, but are not counted')
}, 60_000)

test('a token without the scope, no token and an unknown member are refused in one line', async () => {
  const weak = await issueTestToken({ role: 'learner', member: 'uis', scopes: [] })
  const refusals = [
    await run(['--member', 'ma'], weak),
    await run(['--member', 'ma'], ''),
    await run(['--member', 'nobody']),
  ]
  expect(
    refusals.map(({ code, stderr }) => [code, /^purge: ([A-Z_]+): .*\n$/.exec(stderr)?.[1]]),
  ).toEqual([
    [1, 'FORBIDDEN'],
    [1, 'UNAUTHENTICATED'],
    [1, 'MEMBER_UNKNOWN'],
  ])
}, 60_000)
