import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLifecycle, type Lifecycle, silentLogger } from '../../infra/runtime/index.js'
import { createRandomSource } from '../conformance/random/random-source.js'
import { busyMachine, runSoak } from './run-soak.js'
import { formatSoakReport } from './soak-report.js'

let lifecycle: Lifecycle

beforeEach(() => {
  lifecycle = createLifecycle(silentLogger)
})
afterEach(async () => {
  await lifecycle.stop()
})

test('the gateway process answers right through reloads, outages, aborts and slow clients', async () => {
  const report = await runSoak({
    timing: {
      requestTimeoutMs: 2_000,
      durationMs: 16_000,
      reloadEveryMs: 1_000,
      outageEveryMs: 4_000,
      outageMs: 2_500,
      sampleEveryMs: 1_000,
    },
    tolerance: busyMachine,
    // Few: the machine must not be full, or nothing can be said about deadlines.
    connections: 3,
    lifecycle,
    random: createRandomSource(7).next,
    note: () => {},
  })
  expect(report.failures, formatSoakReport(report)).toEqual([])
}, 90_000)
