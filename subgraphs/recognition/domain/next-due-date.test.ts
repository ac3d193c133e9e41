import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from './calendar.js'
import { findNextDueDate, listRuleDates } from './next-due-date.js'
import { evaluateStack } from './stacking/evaluate-stack.js'
import { awardOf, ruleOf } from './stacking/stack.fixture.js'

describe('findNextDueDate', () => {
  const rule = ruleOf({
    inForceFrom: '2026-03-01',
    inForceUntil: '2026-08-31',
    eligible: [{ kind: 'RECENCY', months: 6 }],
  })
  const next = (awardedOn: string, date: string) =>
    findNextDueDate(listRuleDates([rule]), [awardOf('a', { awardedOn })], date)

  it.each([
    ['the day a rule comes into force', '2026-01-10', '2026-02-01', '2026-03-01'],
    ['the day after an award may last count', '2026-01-10', '2026-03-01', '2026-07-11'],
    ['the day after a rule is last in force', '2026-06-01', '2026-08-01', '2026-09-01'],
    ['the day an award starts to count', '2026-10-05', '2026-10-01', '2026-10-05'],
    ['the end of a short month', '2026-08-31', '2026-09-01', '2027-03-01'],
    ['nothing when all has passed', '2025-01-10', '2026-09-02', null],
  ])('finds %s', (_, awardedOn, date, expected) => {
    expect(next(awardedOn, date)).toBe(expected)
  })

  it('looks at nobody without a valid award', () => {
    const awards = [awardOf('a', { awardedOn: '2026-01-10', status: 'REVOKED' })]
    expect(findNextDueDate(listRuleDates([rule]), awards, '2026-02-01')).toBeNull()
  })

  it('never comes after the first day on which an evaluation differs', () => {
    const days = fc.integer({ min: 0, max: 900 })
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 30 }), days, (awarded, months, asked) => {
        const varied = ruleOf({ eligible: [{ kind: 'RECENCY', months }] })
        const awards = [awardOf('a', { awardedOn: addDays('2024-01-01', awarded) })]
        const date = addDays('2024-01-01', asked)
        const due = findNextDueDate(listRuleDates([varied]), awards, date)
        const see = (day: string) => {
          const { date: __, ...rest } = evaluateStack(varied, awards, { date: day })
          return JSON.stringify(rest)
        }
        const last = due === null ? addDays(date, 1_200) : addDays(due, -1)
        expect(see(last)).toBe(see(date))
      }),
      { seed: 20_261_126, numRuns: 400 },
    )
  })
})
