import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRecheckTimer } from './recheck-timer.js'

describe('recheck timer', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  function openTimer(changes: boolean[]) {
    const runs: number[] = []
    const timer = createRecheckTimer({
      recheckMs: 2_000,
      maximumRecheckMs: 15_000,
      now: () => Date.now(),
      run: async () => {
        runs.push(Date.now() - startedAt)
        timer.continue(changes.shift() ?? false)
      },
    })
    const startedAt = Date.now()
    return { timer, runs }
  }

  it('waits twice as long each time nothing changes, up to its maximum', async () => {
    const { timer, runs } = openTimer([])
    timer.continue(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(runs).toEqual([2_000, 6_000, 14_000, 29_000, 44_000, 59_000])
    timer.stop()
  })

  it('starts its waits over after a change', async () => {
    const { timer, runs } = openTimer([false, true])
    timer.continue(true)
    await vi.advanceTimersByTimeAsync(8_000)
    expect(runs).toEqual([2_000, 6_000, 8_000])
    timer.stop()
  })

  it('checks at once when hurried, but never twice within the first wait', async () => {
    const { timer, runs } = openTimer([])
    timer.hurry()
    await vi.advanceTimersByTimeAsync(0)
    timer.hurry()
    timer.hurry()
    await vi.advanceTimersByTimeAsync(1_999)
    expect(runs).toEqual([0])
    await vi.advanceTimersByTimeAsync(1)
    expect(runs).toEqual([0, 2_000])
    timer.stop()
  })

  it('does nothing any more once stopped', async () => {
    const { timer, runs } = openTimer([])
    timer.continue(true)
    timer.stop()
    timer.hurry()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(runs).toEqual([])
  })
})
