import { describe, expect, it } from 'vitest'
import { isOpenForApplication, isWindowOpen } from './application-window.js'

const now = new Date('2027-03-01T23:30:00Z')
const always = { opensAt: null, closesAt: null }

describe('isWindowOpen', () => {
  it.each([
    ['without a window', null, false],
    ['without ends', always, true],
    ['at its first moment', { opensAt: '2027-03-01T23:30:00Z', closesAt: null }, true],
    ['before it opens', { opensAt: '2027-03-01T23:30:01Z', closesAt: null }, false],
    ['at its last moment', { opensAt: null, closesAt: '2027-03-01T23:30:00Z' }, true],
    ['after it closed', { opensAt: null, closesAt: '2027-03-01T23:29:59Z' }, false],
  ])('tells %s', (_name, application, expected) => {
    expect(isWindowOpen(application, now)).toBe(expected)
  })
})

describe('isOpenForApplication', () => {
  const run = { state: 'ACTIVE', endDate: null, application: always } as const

  it('takes active runs only', () => {
    expect(isOpenForApplication(run, now, 'UTC')).toBe(true)
    expect(isOpenForApplication({ ...run, state: 'CANCELLED' }, now, 'UTC')).toBe(false)
  })

  it('takes a run up to its last day where the member is', () => {
    const ending = { ...run, endDate: '2027-03-01' }
    expect(isOpenForApplication(ending, now, 'Europe/Dublin')).toBe(true)
    // Half past midnight of the next day there.
    expect(isOpenForApplication(ending, now, 'Europe/Amsterdam')).toBe(false)
  })
})
