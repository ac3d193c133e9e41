import { describe, expect, it } from 'vitest'
import {
  admitCall,
  afterFailure,
  afterSuccess,
  type BreakerState,
  closedBreaker,
} from './circuit-breaker.js'

const rules = { failureThreshold: 3, openMs: 1_000 }

function failTimes(times: number, now: number): BreakerState {
  let state = closedBreaker
  for (let index = 0; index < times; index += 1) state = afterFailure(state, now, rules)
  return state
}

describe('circuit breaker', () => {
  it('stays closed below the threshold and opens on the failure that reaches it', () => {
    expect(failTimes(2, 0)).toEqual({ kind: 'closed', failures: 2 })
    expect(failTimes(3, 50)).toEqual({ kind: 'open', until: 1_050 })
  })

  it('forgets earlier failures after a success', () => {
    const state = afterFailure(afterSuccess(), 0, rules)
    expect(state).toEqual({ kind: 'closed', failures: 1 })
  })

  it('admits nothing before its time is up, then exactly one probe', () => {
    const open = failTimes(3, 0)
    expect(admitCall(open, 999, rules).isAdmitted).toBe(false)
    const probe = admitCall(open, 1_000, rules)
    expect(probe.isAdmitted).toBe(true)
    expect(admitCall(probe.state, 1_001, rules).isAdmitted).toBe(false)
  })

  it('opens again for the full time when the probe fails', () => {
    const probing: BreakerState = { kind: 'probing', since: 1_000 }
    expect(afterFailure(probing, 1_200, rules)).toEqual({ kind: 'open', until: 2_200 })
  })

  it('admits another probe when the first one never reported', () => {
    const probing: BreakerState = { kind: 'probing', since: 1_000 }
    expect(admitCall(probing, 1_999, rules).isAdmitted).toBe(false)
    expect(admitCall(probing, 2_000, rules).isAdmitted).toBe(true)
  })

  it('is not kept open longer by failures of calls from before it opened', () => {
    const open = failTimes(3, 0)
    expect(afterFailure(open, 900, rules)).toBe(open)
  })
})
