import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { createLifecycle, stopOnSignals } from './lifecycle.js'
import { silentLogger } from './logger.js'

const never = () => new Promise<void>(() => {})

test('stops in reverse order, each after the other has ended', async () => {
  const lifecycle = createLifecycle(silentLogger)
  const events: string[] = []
  for (const name of ['database', 'member', 'gateway']) {
    await lifecycle.own(name, async () => {
      events.push(`${name} stops`)
      await Promise.resolve()
      events.push(`${name} ended`)
    })
  }
  expect(await lifecycle.stop()).toEqual([])
  expect(events).toEqual([
    'gateway stops',
    'gateway ended',
    'member stops',
    'member ended',
    'database stops',
    'database ended',
  ])
})

test('goes on past a stop that fails or hangs, and names both', async () => {
  const lifecycle = createLifecycle(silentLogger)
  let isDatabaseStopped = false
  await lifecycle.own('database', async () => {
    isDatabaseStopped = true
  })
  await lifecycle.own('hanging', never, 5)
  await lifecycle.own('broken', () => Promise.reject(new Error('no')))
  expect(await lifecycle.stop()).toEqual(['broken', 'hanging'])
  expect(isDatabaseStopped).toBe(true)
})

test('stops once when asked twice', async () => {
  const lifecycle = createLifecycle(silentLogger)
  let count = 0
  await lifecycle.own('member', async () => {
    count += 1
  })
  await Promise.all([lifecycle.stop(), lifecycle.stop()])
  expect(count).toBe(1)
})

test('stops at once what comes up after the stop has begun', async () => {
  const lifecycle = createLifecycle(silentLogger)
  await lifecycle.stop()
  let isStopped = false
  await lifecycle.own('late', async () => {
    isStopped = true
  })
  expect(isStopped).toBe(true)
})

test('exits with 0 after a clean stop on the first signal', async () => {
  const { signals, exit } = signalSource()
  stopOnSignals(createLifecycle(silentLogger), { signals, exit: exit.resolve })
  signals.emit('SIGINT')
  expect(await exit.promise).toBe(0)
})

test('exits at once on a second signal, but takes one that follows within 0.4 s for the same', async () => {
  const { signals, exit } = signalSource()
  const lifecycle = createLifecycle(silentLogger)
  await lifecycle.own('hanging', never)
  let time = 1_000
  const codes: number[] = []
  stopOnSignals(lifecycle, {
    signals,
    exit: (code) => {
      codes.push(code)
      exit.resolve(code)
    },
    now: () => time,
  })
  signals.emit('SIGINT')
  time += 400
  signals.emit('SIGINT')
  expect(codes).toEqual([])
  time += 1
  signals.emit('SIGTERM')
  expect(await exit.promise).toBe(130)
})

function signalSource() {
  return { signals: new EventEmitter(), exit: Promise.withResolvers<number>() }
}
