import { expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { createCoherence } from './coherence.js'
import { createGenerations, type GenerationMap, type GenerationSource } from './generations.js'
import type { PurgeLog } from './purge-log.js'

interface World {
  now: number
  isRedisThere: boolean
  isLogThere: boolean
  /** Whether Redis has all that gateways know. */
  isComplete: boolean
  raised: number
  inLog: GenerationMap
}

async function open(given: Partial<World> = {}) {
  const world: World = {
    ...{ now: 0, isRedisThere: true, isLogThere: false, isComplete: true, raised: 0 },
    ...{ inLog: new Map(), ...given },
  }
  const values = new Map([['gen:MX', 5]])
  const source: GenerationSource = {
    read: async () => {
      if (!world.isRedisThere) throw new Error('away')
      return { generations: values, isComplete: world.isComplete }
    },
    raise: async (names) => {
      world.raised += 1
      return new Map(names.map((name) => [name, 100]))
    },
  }
  const purgeLog = {
    readGenerations: async () => {
      if (!world.isLogThere) throw new Error('away')
      return world.inLog
    },
  } as Partial<PurgeLog> as PurgeLog
  const now = (): number => world.now
  const generations = createGenerations({ source, now })
  await generations.read(['gen:MX'])
  const coherence = createCoherence({
    ...{ generations, source, purgeLog, log: silentLogger, now, wallNow: now, graceMs: 30_000 },
  })
  return { world, generations, coherence }
}

test('memory is served for thirty seconds without a word from Redis or log, then not any more, until there is one', async () => {
  const { world, coherence } = await open({ isRedisThere: false })
  world.now = 30_000
  await coherence.resync()
  expect(coherence.isTrusted()).toBe(true)
  world.now = 30_001
  expect(coherence.isTrusted()).toBe(false)
  world.isLogThere = true
  await coherence.resync()
  expect(coherence.isTrusted()).toBe(true)
})

test('a purge that only the log knows is learnt from it', async () => {
  const { generations, coherence } = await open({
    ...{ isRedisThere: false, isLogThere: true, inLog: new Map([['gen:MX', 8]]) },
  })
  await coherence.resync()
  expect(generations.peek(['gen:MX'])).toEqual([8])
})

test('when Redis has lost counters and there is no log, everything kept so far is dropped', async () => {
  const { world, generations, coherence } = await open({ isComplete: false })
  await coherence.resync()
  expect([world.raised, generations.peek(['gen:MX'])]).toEqual([1, [100]])
})

test('when Redis has lost counters and the log has them, nothing is dropped', async () => {
  const { world, generations, coherence } = await open({ isComplete: false, isLogThere: true })
  await coherence.resync()
  expect([world.raised, generations.peek(['gen:MX'])]).toEqual([0, [5]])
})
