import { describe, expect, test } from 'vitest'
import { isDay, isInstant, parseDay, parseInstant } from './calendar.js'

describe('days and instants', () => {
  test.each(['2026-02-30', '2026-13-01', '2026-00-10', '2025-02-29', '26-01-01', '2026-1-1', ''])(
    '%s is no day',
    (text) => {
      expect(isDay(text)).toBe(false)
    },
  )

  test('29 February is a day in leap years only', () => {
    expect(isDay('2028-02-29')).toBe(true)
    expect(isDay('2100-02-29')).toBe(false)
  })

  test.each([
    ['2026-09-01', '2026-09-01'],
    // Midnight in Amsterdam, written in UTC.
    ['2026-08-31T22:00:00Z', '2026-09-01'],
    ['2026-08-31T22:00:00.000+00:00', '2026-09-01'],
    ['2026-09-01T00:00:00+02:00', '2026-09-01'],
    ['2026-09-01T00:00:00', '2026-09-01'],
    ['2026-12-31T23:30:00Z', '2027-01-01'],
  ])('%s is the day %s in Amsterdam', (text, day) => {
    expect(parseDay(text, 'Europe/Amsterdam')).toBe(day)
  })

  test.each([
    ['2026-09-01T12:00:00+02:00', '2026-09-01T10:00:00Z'],
    ['2026-09-01T12:00', '2026-09-01T10:00:00Z'],
    ['2026-12-01 12:00:00', '2026-12-01T11:00:00Z'],
    ['2026-09-01', '2026-08-31T22:00:00Z'],
    // The clocks go back on 25 October 2026: its first second is in summer time, its last in winter time.
    ['2026-10-25', '2026-10-24T22:00:00Z'],
  ])('%s is the instant %s in Amsterdam', (text, instant) => {
    expect(parseInstant(text, 'Europe/Amsterdam')).toBe(instant)
  })

  test('a window that ends on a day ends with its last second there', () => {
    expect(parseInstant('2026-10-25', 'Europe/Amsterdam', 'end')).toBe('2026-10-25T22:59:59Z')
    expect(parseInstant('2026-10-25', 'America/Monterrey', 'end')).toBe('2026-10-26T05:59:59Z')
  })

  test.each([
    '2026-09-01T25:00:00Z',
    '2026-09-01T12:61:00Z',
    '2026-02-30T12:00:00Z',
    'soon',
    '2026-09-01T12:00:00+15:00',
  ])('%s is no instant', (text) => {
    expect(parseInstant(text, 'UTC')).toBeNull()
    expect(parseDay(text, 'UTC')).toBeNull()
  })

  test('only instants in UTC are instants of the catalogue', () => {
    expect(isInstant('2026-09-01T12:00:00Z')).toBe(true)
    expect(isInstant('2026-09-01T12:00:00+02:00')).toBe(false)
    expect(isInstant('2026-09-01')).toBe(false)
  })
})
