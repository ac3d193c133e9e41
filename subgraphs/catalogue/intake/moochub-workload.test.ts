import { expect, test } from 'vitest'
import { toMoochubHours } from './moochub-workload.js'

test.each([
  [3, 'h/week', 'P6W', 18],
  [3, 'h/week', 'P14D', 6],
  [2, 'h/day', 'P2W', 28],
  [10, 'h/month', 'P1Y', 120],
  [10, 'h/month', 'P6W', null],
  [3, 'h/week', 'P1M2W', null],
  [3, 'h/week', 'P10D', null],
  [3, 'h/week', null, null],
  [3, 'h/year', 'P1Y', null],
])('%s %s for %s are %s hours', (timeValue, timeUnit, duration, hours) => {
  expect(toMoochubHours({ timeValue, timeUnit }, duration)).toBe(hours)
})

test('no workload is no hours', () => {
  expect(toMoochubHours(null, 'P1W')).toBeNull()
})
