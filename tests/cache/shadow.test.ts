import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  findFreePort,
  type GuardedProcess,
  type RunningRedis,
  silentLogger,
  startGuardedProcess,
  startRedis,
} from '../../infra/runtime/index.js'
import { tampering } from '../fixtures/members/misbehaviours.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import { countCalls, listMembers, post, startMembers } from './start-cached-gateway.js'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

// As an operator starts it: a process of its own with the flag.
let folder: string
let members: ReadonlyMap<string, FakeMember>
let redis: RunningRedis
let gateway: GuardedProcess
let url: string
const lines: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-shadow-'))
  const started = await startMembers(listMembers(2))
  members = started.members
  const registerFile = join(folder, 'register.json')
  await writeFile(registerFile, JSON.stringify(started.register))
  redis = await startRedis({
    port: 0,
    cacheDirectory: '.cache',
    searchPath: process.env.PATH ?? '',
    log: silentLogger,
  })
  const port = await findFreePort()
  url = `http://127.0.0.1:${port}/graphql`
  gateway = await startGuardedProcess({
    command: process.execPath,
    args: [
      '.build/gateway/main.js',
      '--shadow',
      '--workers',
      '1',
      '--port',
      String(port),
      '--json',
    ],
    cwd: process.cwd(),
    env: {
      PATH: process.env.PATH ?? '',
      HUB_REGISTER: registerFile,
      HUB_MEMBER_TIMEOUT_MS: '8000',
      HUB_REDIS_TIMEOUT_MS: '1000',
      REDIS_URL: redis.url,
    },
    stopSignal: 'TERM',
    readyLine: /"url"/,
    readyTimeoutMs: 60_000,
    onLine: (line) => lines.push(line),
  })
  const isComplete = async () => {
    const { json } = await post(url, { query: '{ institutions { slug } }' })
    expect(json.data.institutions).toHaveLength(2)
  }
  await vi.waitFor(isComplete, { timeout: 30_000, interval: 100 })
})

afterAll(async () => {
  await gateway?.stop()
  await redis?.stop()
  for (const member of members?.values() ?? []) await member.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Comparisons so far, of members' parts or of whole answers, that came out so. */
async function compared(result: string, grain = 'part'): Promise<number> {
  const metrics = await (await fetch(new URL('/metrics', url))).text()
  const line = new RegExp(
    `hub_cache_shadow_comparisons_total{grain="${grain}",result="${result}"} (\\d+)`,
  )
  return Number(line.exec(metrics)?.[1] ?? 0)
}

const page = '{ shadowed: courseOfferings(first: 4) { nodes { id title } } }'
const ask = async (headers = {}) => post(url, { query: page }, headers)

test('every answer is fetched and none is given to others, while equal kept ones are counted', async () => {
  const before = countCalls(members)
  const first = await ask()
  const second = await ask()
  expect(countCalls(members) - before).toBe(4)
  expect(second.json.data).toEqual(first.json.data)
  expect(second.headers['cache-control']).toBe('no-store')
  await expect.poll(() => compared('same'), { timeout: 10_000 }).toBeGreaterThanOrEqual(2)
  expect(await compared('different')).toBe(0)
  await ask()
  await expect.poll(() => compared('same', 'answer'), { timeout: 10_000 }).toBeGreaterThan(0)
  expect(await compared('different', 'answer')).toBe(0)
  const explained = await ask({ 'hub-cache': 'explain' })
  const notes = explained.json.extensions.hub.cache
  expect(notes).toHaveLength(2)
  expect(notes[0]).toMatchObject({ status: 'bypass', reason: 'SHADOW' })
})

test('a kept answer that is out of date is reported by member and subject, without a word of it, and the live one is served', async () => {
  await ask()
  members
    .get('ma')
    ?.misbehave(
      tampering((data) => JSON.parse(JSON.stringify(data).replaceAll(' course ', ' renamed '))),
    )
  const { json } = await ask()
  expect(JSON.stringify(json.data)).toContain('ma renamed 1')
  await expect.poll(() => compared('different'), { timeout: 10_000 }).toBe(1)
  await expect.poll(() => compared('different', 'answer'), { timeout: 10_000 }).toBe(1)
  const isReport = (line: string): boolean => line.includes('kept and live whole answers differ')
  expect(lines.filter(isReport).map((line) => Object.keys(JSON.parse(line)))).toEqual([
    expect.arrayContaining(['ageSeconds']),
  ])
  const reports = lines.filter((line) => line.includes('kept and live answers differ'))
  expect(reports.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ member: 'ma', part: 'Query.courseOfferings', status: 'hit' }),
  ])
  expect(lines.join('\n')).not.toMatch(/renamed|ma course|ma:offering|shadowed|first: 4/)
})
