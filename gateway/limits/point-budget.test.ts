import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { openRedis, type RedisConnection } from '../store/open-redis.js'
import { createClientKeys } from './client-key.js'
import { createPointBudget, type PointBudget } from './point-budget.js'

const keyOf = createClientKeys()
const client = keyOf(undefined, '192.0.2.1')
const opened: RedisConnection[] = []

function connect(url: string = inject('redisUrl')): RedisConnection {
  const redis = openRedis({ url, timeoutMs: 2_000, name: 'test', log: silentLogger })
  opened.push(redis)
  return redis
}

async function connectReady(): Promise<RedisConnection> {
  const redis = connect()
  await new Promise((resolve) => redis.once('ready', resolve))
  return redis
}

let name: string
beforeEach(() => {
  name = randomUUID()
})
afterEach(() => {
  for (const redis of opened.splice(0)) redis.disconnect()
})

function open(redis: RedisConnection | undefined, now?: () => number): PointBudget {
  return createPointBudget({
    name,
    points: 1_000,
    windowSeconds: 60,
    redis,
    log: silentLogger,
    ...(now && { now }),
  })
}

test('two processes together never give away more than the limit, however their requests fall', async () => {
  const budgets = [open(await connectReady()), open(await connectReady())]
  let spent = 0
  let refused = 0
  // 300 requests of 1 to 9 points, 1500 in all, in bursts.
  for (let round = 0; round < 10; round += 1) {
    const burst = Array.from({ length: 30 }, async (_, index) => {
      const points = (index % 9) + 1
      const { isAllowed } = (await budgets[index % 2]?.spend(client, points)) ?? {
        isAllowed: false,
      }
      if (isAllowed) spent += points
      else refused += 1
    })
    await Promise.all(burst)
  }
  expect(spent).toBeLessThanOrEqual(1_000)
  // Leases of 20 points: no more than one a process is lost, and one that asked for more than was left.
  expect(spent).toBeGreaterThan(940)
  expect(refused).toBeGreaterThan(0)
  expect(budgets[0]?.refusal(client) ?? budgets[1]?.refusal(client)).toMatchObject({
    isAllowed: false,
  })
})

test('asks Redis once per lease and not once per request', async () => {
  const budget = open(await connectReady())
  await budget.spend(client, 1)
  const answers = Array.from({ length: 19 }, () => budget.spend(client, 1))
  expect(answers.filter((answer) => answer instanceof Promise)).toEqual([])
  expect(answers.at(-1)).toMatchObject({ isAllowed: true, limit: 1_000, remaining: 980 })
  expect(budget.spend(client, 1)).toBeInstanceOf(Promise)
})

test('gives a new window its points back', async () => {
  let time = 0
  const budget = open(undefined, () => time)
  expect(await budget.spend(client, 1_000)).toMatchObject({ isAllowed: true, remaining: 0 })
  expect(await budget.spend(client, 1)).toMatchObject({ isAllowed: false, remaining: 0 })
  expect(budget.refusal(client)).toBeDefined()
  time = 61_000
  expect(budget.refusal(client)).toBeUndefined()
})

test('counts in memory while Redis is away, and is never open', async () => {
  const redis = connect('redis://127.0.0.1:1')
  const budget = open(redis)
  expect(await budget.spend(client, 999)).toMatchObject({ isAllowed: true })
  expect(await budget.spend(client, 999)).toMatchObject({ isAllowed: false })
})

test('goes on counting when Redis is lost in the middle', async () => {
  const redis = await connectReady()
  const budget = open(redis)
  expect(await budget.spend(client, 500)).toMatchObject({ isAllowed: true })
  redis.disconnect()
  let allowed = 0
  for (let index = 0; index < 50; index += 1) {
    const { isAllowed } = await budget.spend(client, 100)
    if (isAllowed) allowed += 100
  }
  // This process’s own window from then on.
  expect(allowed).toBeLessThanOrEqual(1_000)
})

test('takes all addresses of an IPv6 network for one client, and IPv4 in either notation for the same', () => {
  const of = (address: string) => keyOf(undefined, address).key
  expect(of('2001:db8:1:2:3::4')).toBe(of('2001:db8:1:2:ffff::1'))
  expect(of('2001:db8:1:3::1')).not.toBe(of('2001:db8:1:2::1'))
  expect(of('::ffff:192.0.2.7')).toBe(of('192.0.2.7'))
  expect(of('not an address')).toBe(of(''))
})
