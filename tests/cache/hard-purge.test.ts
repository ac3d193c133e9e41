import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RunningGateway } from '../../gateway/index.js'
import { type RunningRedis, silentLogger, startRedis } from '../../infra/runtime/index.js'
import type { MemberRegister } from '../../schema/index.js'
import type { Misdeed } from '../fixtures/members/misbehaviours.js'
import { sendJson } from '../fixtures/members/send-json.js'
import type { FakeMember } from '../fixtures/members/start-fake-member.js'
import {
  inOwnJurisdictions,
  listMembers,
  post,
  purge,
  rootDirectory,
  startCachedGateway,
  startMembers,
} from './start-cached-gateway.js'

let members: ReadonlyMap<string, FakeMember>
let register: MemberRegister
let gateway: RunningGateway
let server: RunningRedis
let redis: Redis

beforeAll(async () => {
  const started = await startMembers(listMembers(2))
  members = started.members
  register = inOwnJurisdictions(started.register)
  // Of its own: erasing goes through everything there is.
  server = await startRedis({
    port: 0,
    cacheDirectory: `${rootDirectory}.cache`,
    searchPath: process.env.PATH ?? '',
    log: silentLogger,
  })
  gateway = await startCachedGateway(register, {
    redis: { allianceUrl: server.url, urlsByJurisdiction: new Map() },
  })
  redis = new Redis(server.url)
}, 60_000)

afterAll(async () => {
  redis?.disconnect()
  await gateway?.stop()
  await server?.stop()
  for (const member of members?.values() ?? []) await member.stop()
})

/** Keys of a member's entries in Redis. */
function keysOf(slug: string): Promise<string[]> {
  const jurisdiction = register.members.find((member) => member.slug === slug)?.jurisdiction
  return redis.keys(`hub:*:${jurisdiction}:${slug}:*`)
}

async function readMemoryBytes(): Promise<number> {
  const metrics = await (await fetch(new URL('/metrics', gateway.url))).text()
  return Number(/^hub_cache_memory_bytes (\d+)/m.exec(metrics)?.[1])
}

interface Receipt {
  readonly erased: Readonly<Record<string, number>>
}

/** Purges hard. @returns Waits for the receipt: without a log until nobody can be unaware of the purge. */
async function erase(body: object): Promise<() => Promise<Receipt>> {
  const { json } = await purge(gateway.url, { ...body, hard: true })
  const url = new URL(`/admin/purge/${json.id}`, gateway.url)
  const headers = { authorization: 'Bearer purge' }
  return () =>
    vi.waitFor(
      async () => {
        const answer = await fetch(url, { headers })
        expect(answer.status).toBe(200)
        return (await answer.json()) as Receipt
      },
      { timeout: 20_000, interval: 100 },
    )
}

const pageOf = (slug: string, first: number) =>
  `{ courseOfferings(first: ${first}, filter: { institutions: ["${slug}"] }) { nodes { id } } }`

test('a hard purge of a member erases what is kept of it, by type too, and of nobody else', async () => {
  // What a gateway keeps before it hears of purges it gives up: it cannot know what it has missed.
  const isSettled = async () => {
    for (const slug of ['ma', 'mb']) await post(gateway.url, { query: pageOf(slug, 3) })
    const bytes = await readMemoryBytes()
    await pause(1_000)
    return bytes > 0 && bytes === (await readMemoryBytes())
  }
  await expect.poll(isSettled, { timeout: 20_000 }).toBe(true)
  const count = async () => [(await keysOf('ma')).length, (await keysOf('mb')).length]
  await expect.poll(count, { timeout: 10_000 }).toEqual([1, 1])
  const before = await readMemoryBytes()
  const receipt = await erase({ member: 'ma', type: 'CourseOffering' })
  const { erased } = await receipt()
  expect(erased.alliance).toBe(1)
  expect(Object.entries(erased).filter(([place]) => place.startsWith('memory of'))).toEqual([
    [expect.any(String), expect.any(Number)],
  ])
  expect(await keysOf('ma')).toEqual([])
  expect(await keysOf('mb')).toHaveLength(1)
  const after = await readMemoryBytes()
  expect(after).toBeGreaterThan(0)
  expect(after).toBeLessThan(before)
}, 60_000)

test('what was being fetched when it was purged is served to who asked for it, and kept nowhere', async () => {
  const { promise: mayAnswer, resolve: goOn } = Promise.withResolvers<void>()
  const { promise: hasAsked, resolve: noteAsked } = Promise.withResolvers<void>()
  members.get('ma')?.misbehave(async ({ answer, response }: Misdeed) => {
    noteAsked()
    await mayAnswer
    sendJson(response, await answer())
  })
  const asking = post(gateway.url, { query: pageOf('ma', 4) })
  await hasAsked
  const receipt = await erase({ member: 'ma' })
  const before = await readMemoryBytes()
  goOn()
  const { json } = await asking
  expect(json.data.courseOfferings.nodes).toHaveLength(4)
  await receipt()
  expect(await keysOf('ma')).toEqual([])
  expect(await readMemoryBytes()).toBe(before)
  members.get('ma')?.misbehave(null)
  await post(gateway.url, { query: pageOf('ma', 4) })
  await expect.poll(() => keysOf('ma'), { timeout: 10_000 }).toHaveLength(1)
}, 60_000)
