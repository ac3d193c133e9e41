import { describe, expect, test } from 'vitest'
import { academicYearOf, rollSampleDates } from './roll-sample-dates.js'
import { validateOpportunity } from './validate-opportunity.js'

describe('the dates of sample data', () => {
  test.each([
    ['2026-07-31T23:59:59Z', 2025],
    ['2026-08-01T00:00:00Z', 2026],
    ['2027-01-01T00:00:00Z', 2026],
  ])('at %s the academic year is that of %s', (now, year) => {
    expect(academicYearOf(new Date(now))).toBe(year)
  })

  test('move by whole years with the names of their sessions', () => {
    const rolled = roll('Autumn 2026/27', 2)
    expect(rolled).toMatchObject({
      localId: 'A-2026',
      startDate: '2028-09-01',
      endDate: '2030-02-28',
      session: { name: 'Autumn 2028/29', startDate: '2028-08-15', endDate: null },
      application: { opensAt: '2028-05-01T00:00:00Z', closesAt: '2028-08-01T21:59:59Z' },
    })
  })

  test('stay when the sample is of this year', () => {
    expect(roll('Autumn 2026', 0).session?.name).toBe('Autumn 2026')
  })

  test.each([
    ['a.a. 2026/2027', 'a.a. 2027/2028'],
    ['2026–27, block 3', '2027–28, block 3'],
    ['WiSe 2026/27', 'WiSe 2027/28'],
    ['Syksy 2026', 'Syksy 2027'],
    ['2026-09', '2027-09'],
    ['2099/00', '2100/01'],
    ['Semester 1', 'Semester 1'],
    ['room 120265', 'room 120265'],
  ])('move "%s" to "%s" in a year', (name, moved) => {
    expect(roll(name, 1).session?.name).toBe(moved)
  })
})

function roll(session: string, years: number) {
  const validated = validateOpportunity(
    {
      localId: 'A',
      kind: 'COURSE',
      title: { en: 'A' },
      offerings: [
        {
          localId: 'A-2026',
          startDate: '2026-09-01',
          endDate: '2028-02-29',
          session: { name: session, startDate: '2026-08-15' },
          application: { opensAt: '2026-05-01T00:00:00Z', closesAt: '2026-08-01T21:59:59Z' },
        },
      ],
    },
    { index: 0 },
  )
  if (!validated.ok) throw new Error(JSON.stringify(validated.faults))
  const [offering] = rollSampleDates(validated.record, years).offerings
  if (offering === undefined) throw new Error('the run is gone')
  return offering
}
