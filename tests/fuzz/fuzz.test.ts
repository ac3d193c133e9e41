import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestHub } from '../hub/start-test-hub.js'
import { findFault } from './check-answer.js'
import { runFuzz } from './run-fuzz.js'
import { startFuzzHub } from './start-fuzz-hub.js'

let hub: TestHub

beforeAll(async () => {
  hub = await startFuzzHub()
}, 120_000)
afterAll(() => hub?.stop())

test('a thousand hostile requests and tokens get no unauthorised datum, no stack trace and no 5xx without a code', async () => {
  const report = await runFuzz({ hub, requests: 1_000, seed: 20_261_123, note: () => {} })
  expect(report.findings).toEqual([])
  expect(report.maskedErrors).toEqual([])
  // Else it has attacked a closed door.
  expect(report.byStatus['200']).toBeGreaterThan(50)
  expect(report.byStatus['400']).toBeGreaterThan(100)
}, 180_000)

test.each([
  ['an unauthorised datum', { body: '{"data":{"a":"the secret"}}' }],
  ['a stack trace', { body: '{"errors":[{"message":"x\n    at f (/srv/a.js:1:2)"}]}' }],
  ['a connection', { body: 'connect ECONNREFUSED' }],
  ['status 500 without a code', { status: 500, body: '{"message":"x"}' }],
  ['broken JSON', { contentType: 'application/json', body: '{' }],
])('the judge finds %s', (fault, answer) => {
  const honest = { status: 200, contentType: 'text/plain', body: '' }
  expect(findFault({ ...honest, ...answer }, ['the secret'])).toBe(fault)
  expect(
    findFault({ ...honest, body: '{"errors":[{"extensions":{"code":"X"}}]}' }, ['the secret']),
  ).toBeUndefined()
})
