import { expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import type { ErasureLog, ErasureRecord } from './erasure-log.js'
import { createHardPurges } from './hard-purge.js'

const scope = { kind: 'member', jurisdiction: 'MX', member: 'tec' } as const
const counter = 'gen:MX:tec:!erased'

/** A log in memory in which a second process, `other`, lives; time passes when something waits. */
function open() {
  const steps: string[] = []
  const record = { redis: null, memory: {}, waitingFor: ['other'] } as {
    redis: ErasureRecord['redis']
    memory: Record<string, number>
    waitingFor: string[]
  }
  let waits = 0
  let reportsRefused = 0
  const erasureLog: ErasureLog = {
    noteAlive: async () => {},
    leave: async () => {},
    report: async (_counter, _value, entries) => {
      if (reportsRefused > 0) {
        reportsRefused -= 1
        return false
      }
      record.memory.own = entries
      return true
    },
    finish: async (_id, redis) => {
      record.redis = redis
    },
    read: async () => record,
  }
  const purges = createHardPurges({
    processName: 'own',
    memory: [
      () => {
        steps.push('memory')
        return 2
      },
    ],
    stores: new Map([
      [
        'alliance',
        {
          sweep: async () => {
            steps.push('redis')
            return 3
          },
        },
      ],
    ]),
    log: silentLogger,
    erasureLog,
    readTimeoutMs: 40,
    unknownMs: 5_000,
    now: () => 1_000_000,
    wait: async () => {
      waits += 1
      if (waits === 30) {
        steps.push('other reports')
        record.memory.other = 7
        record.waitingFor = []
      }
    },
  })
  const refuseReports = (count: number): void => {
    reportsRefused = count
  }
  return { purges, steps, record, refuseReports }
}

test('Redis is swept again when every process knows, and the receipt counts all of them', async () => {
  const { purges, steps } = open()
  await purges.erase('1', scope, new Map([[counter, 5]]))
  expect(steps).toEqual(['redis', 'other reports', 'redis'])
  purges.heard(counter, 5, false)
  await expect
    .poll(() => purges.receipt('1'))
    .toEqual({
      erased: { alliance: 6, 'memory of own': 4, 'memory of other': 7 },
      ...{ coverage: 'everyProcess', waitingFor: [] },
    })
})

test('a receipt names the processes that have not reported', async () => {
  const { purges, record } = open()
  expect(await purges.receipt('1')).toBeUndefined()
  record.redis = { alliance: 6 }
  expect(await purges.receipt('1')).toEqual({
    erased: { alliance: 6 },
    ...{ coverage: 'someProcesses', waitingFor: ['other'] },
  })
})

test('memory is erased twice, so that nothing read meanwhile stays, and for no counter of another kind', async () => {
  const { purges, steps, record } = open()
  purges.heard('gen:MX:tec', 5, false)
  purges.heard(counter, 5, false)
  await expect.poll(() => record.memory).toEqual({ own: 4 })
  expect(steps).toEqual(['memory', 'memory'])
})

test('a process that hears of a purge before the log has it reports a moment later', async () => {
  const { purges, record, refuseReports } = open()
  refuseReports(2)
  purges.heard(counter, 5, false)
  await expect.poll(() => record.memory).toEqual({ own: 4 })
})

test('a process that starts does nothing about what was erased before, but about what is erased just then', async () => {
  const { purges, steps, record } = open()
  purges.heard(counter, 900_000, true)
  expect(steps).toEqual([])
  purges.heard(counter, 999_000, true)
  await expect.poll(() => record.memory).toEqual({ own: 4 })
})
