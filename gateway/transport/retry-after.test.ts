import { expect, it } from 'vitest'
import { parseRetryAfter } from './retry-after.js'

const wallNow = Date.UTC(1999, 11, 31, 23, 59, 0)

it.each([
  ['120', 120_000],
  ['0', 0],
  [' 3 ', 3_000],
  ['99999999999999999999', 86_400_000],
  // RFC 9110's example.
  ['Fri, 31 Dec 1999 23:59:59 GMT', 59_000],
  ['Fri, 31 Dec 1999 23:58:00 GMT', 0],
  ['Fri, 31 Dec 2099 23:58:00 GMT', 86_400_000],
] as const)('Retry-After %j asks for a wait of %d ms', (value, waitMs) => {
  expect(parseRetryAfter(value, wallNow)).toBe(waitMs)
})

it.each([
  undefined,
  '',
  '-1',
  '1.5',
  '1e3',
  'soon',
  '1999-12-31T23:59:59Z',
  'Friday, 31-Dec-99 23:59:59 GMT',
  'Fri, 31 Dec 1999 25:59:59 GMT',
])('Retry-After %j says nothing', (value) => {
  expect(parseRetryAfter(value, wallNow)).toBeUndefined()
})
