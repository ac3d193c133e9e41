import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fuzzVerification } from './fuzz-verification.fixture.js'
import { createSampleIssuer } from './sample-source.fixture.js'
import { createSampleVerifier } from './sample-verifier.fixture.js'

let issuer: Awaited<ReturnType<typeof createSampleIssuer>>

beforeAll(async () => {
  issuer = await createSampleIssuer()
})
afterAll(() => issuer.remove())

describe('5,000 damaged documents', () => {
  it('each give a report for less than a second of CPU, none is accepted', {
    timeout: 120_000,
  }, async () => {
    const deps = await createSampleVerifier(issuer)
    const result = await fuzzVerification(5_000, 20_261_123, deps, issuer)
    expect(result.inputs).toBe(5_000)
    expect(result.accepted).toEqual([])
    // CPU time, not the clock's: a busy machine makes every document wait, and none of them work more. What waits for
    // ever without working ends with the test's own time.
    expect(result.costliestCpuMs).toBeLessThan(1_000)
  })
})
