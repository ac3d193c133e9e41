import { describe, expect, it } from 'vitest'
import { toHoursOfWork } from './hours-of-work.js'

describe('hours of work by credit', () => {
  it.each([
    ['5', '28', 140],
    ['2.5', '25', 63],
    ['1.5', '27', 41],
    ['0.1', '25', 3],
    ['0', '25', 0],
  ])('are for %s credits of %s hours %i, halves up', (ects, hoursPerCredit, hours) => {
    expect(toHoursOfWork(ects, hoursPerCredit)).toBe(hours)
  })

  it.each([null, undefined, '', 'many'])('are not known for %j credits', (ects) => {
    expect(toHoursOfWork(ects, '25')).toBeNull()
  })
})
