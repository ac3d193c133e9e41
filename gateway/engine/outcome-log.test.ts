import { expect, test } from 'vitest'
import { createOutcomeLog } from './outcome-log.js'

test('the worst outcome of a member counts, members come by slug, the longest time stays', () => {
  const log = createOutcomeLog()
  log.record({ member: 'ktu', outcome: 'timeout', tookMs: 1_500, code: 'SUBGRAPH_TIMEOUT' })
  log.record({ member: 'dcu', outcome: 'ok', tookMs: 10 })
  log.record({ member: 'ktu', outcome: 'ok', tookMs: 20 })
  log.record({ member: 'dcu', outcome: 'failed', tookMs: 4, code: 'SUBGRAPH_ERROR' })
  log.record({ member: 'aau', outcome: 'skipped', reason: 'not asked' })
  expect(log.list()).toEqual([
    { member: 'aau', outcome: 'skipped', reason: 'not asked' },
    { member: 'dcu', outcome: 'failed', tookMs: 10, code: 'SUBGRAPH_ERROR' },
    { member: 'ktu', outcome: 'timeout', tookMs: 1_500, code: 'SUBGRAPH_TIMEOUT' },
  ])
})
