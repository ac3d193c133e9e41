import { expect, test } from 'vitest'
import { addDays, daysBetween, subtractMonths } from './calendar.js'

test.each([
  ['2025-12-31', 12, '2024-12-31'],
  ['2025-05-31', 3, '2025-02-28'],
  ['2024-05-31', 3, '2024-02-29'],
  ['2025-01-15', 1, '2024-12-15'],
  ['2025-03-30', 25, '2023-02-28'],
  ['2025-07-31', 1, '2025-06-30'],
])('%s is %i months after %s', (date, months, earlier) => {
  expect(subtractMonths(date, months)).toBe(earlier)
})

test.each([
  ['2024-02-28', 2, '2024-03-01'],
  ['2025-12-31', 1, '2026-01-01'],
  ['2025-03-01', -1, '2025-02-28'],
])('counts days across months and years: %s and %i', (date, days, later) => {
  expect(addDays(date, days)).toBe(later)
  expect(daysBetween(date, later)).toBe(days)
})
