import { expect, test } from 'vitest'
import { createAdmission } from './admission.js'

/** An event loop whose turns the test runs, each taking as long as the test says. */
function createLoop() {
  const booked: (() => void)[] = []
  let time = 0
  return {
    now: () => time,
    schedule: (run: () => void) => {
      booked.push(run)
    },
    countBooked: () => booked.length,
    turn(tookMs = 1) {
      const run = booked.shift()
      run?.()
      time += tookMs
    },
  }
}

function setUp(limit = 100) {
  const loop = createLoop()
  const admission = createAdmission({ limit, schedule: loop.schedule, now: loop.now })
  const started: string[] = []
  const arrive = (key: string, name = key) => admission.admit(key, () => started.push(name))
  return { loop, admission, started, arrive }
}

test('starts one request per turn, in order of arrival', () => {
  const { loop, started, arrive } = setUp()
  for (const key of ['a', 'b', 'c']) arrive(key)
  expect(started).toEqual([])
  loop.turn()
  expect(started).toEqual(['a'])
  loop.turn()
  loop.turn()
  expect(started).toEqual(['a', 'b', 'c'])
})

test('starts equal requests together, where the first of them stands', () => {
  const { loop, started, arrive } = setUp()
  arrive('a', 'a1')
  arrive('b', 'b1')
  arrive('a', 'a2')
  loop.turn()
  expect(started).toEqual(['a1', 'a2'])
  arrive('a', 'a3')
  loop.turn()
  loop.turn()
  expect(started).toEqual(['a1', 'a2', 'b1', 'a3'])
})

test('starts requests without a key one by one', () => {
  const { loop, admission } = setUp()
  const started: number[] = []
  for (const name of [1, 2]) admission.admit(undefined, () => started.push(name))
  loop.turn()
  expect(started).toEqual([1])
  loop.turn()
  expect(started).toEqual([1, 2])
})

test('books no turn while nobody waits', () => {
  const { loop, arrive } = setUp()
  expect(loop.countBooked()).toBe(0)
  arrive('a')
  arrive('b')
  expect(loop.countBooked()).toBe(1)
  loop.turn()
  expect(loop.countBooked()).toBe(1)
  loop.turn()
  expect(loop.countBooked()).toBe(0)
})

test('starts more per turn while turns are short, and one again when they are long', () => {
  const { loop, started, arrive } = setUp(1_000)
  for (let index = 0; index < 200; index += 1) arrive(`r${index}`)
  const startsOfTurn = (tookMs: number) => {
    const before = started.length
    loop.turn(tookMs)
    return started.length - before
  }
  expect([0.1, 0.1, 0.1, 0.1].map(startsOfTurn)).toEqual([1, 2, 4, 8])
  expect(Array.from({ length: 4 }, () => startsOfTurn(0.1))).toEqual([16, 32, 32, 32])
  expect([5, 5, 5, 5, 5].map(startsOfTurn)).toEqual([32, 16, 8, 4, 2])
  expect([1, 1].map(startsOfTurn)).toEqual([1, 1])
})

test('learns nothing from a pause between two bursts', () => {
  const { loop, started, arrive } = setUp()
  arrive('a')
  loop.turn(1_000)
  for (const key of ['b', 'c', 'd']) arrive(key)
  loop.turn(0.1)
  loop.turn(0.1)
  expect(started).toEqual(['a', 'b', 'c', 'd'])
})

test('refuses beyond the limit, equal requests included, and admits again when there is room', () => {
  const { loop, admission, started, arrive } = setUp(2)
  expect([arrive('a', 'a1'), arrive('a', 'a2'), arrive('a', 'a3'), arrive('b')]).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(admission.waiting()).toBe(2)
  loop.turn()
  expect(admission.waiting()).toBe(0)
  expect(arrive('b')).toBe(true)
  loop.turn()
  expect(started).toEqual(['a1', 'a2', 'b'])
})

test('with the real event loop, a request starts in the next turn', async () => {
  const admission = createAdmission({ limit: 1 })
  const order: string[] = []
  await new Promise<void>((resolve) => {
    admission.admit('a', () => {
      order.push('started')
      resolve()
    })
    order.push('admitted')
  })
  expect(order).toEqual(['admitted', 'started'])
})
