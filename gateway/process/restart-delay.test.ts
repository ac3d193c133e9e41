import { expect, test } from 'vitest'
import { countCrash, toRestartDelay } from './restart-delay.js'

const rules = { firstMs: 100, maximumMs: 1_000, healthyAfterMs: 30_000 }

test('the wait doubles with every crash in a row, up to a limit', () => {
  const delays: number[] = []
  let crashes = 0
  for (let index = 0; index < 6; index += 1) {
    crashes = countCrash(crashes, 50, rules)
    delays.push(toRestartDelay(crashes, rules))
  }
  expect(delays).toEqual([100, 200, 400, 800, 1_000, 1_000])
})

test('a worker that ran long enough starts the count over', () => {
  expect(countCrash(7, 30_000, rules)).toBe(1)
  expect(countCrash(7, 29_999, rules)).toBe(8)
})

test('a worker that crashes for days still waits no longer than the limit', () => {
  expect(toRestartDelay(5_000, rules)).toBe(1_000)
})
