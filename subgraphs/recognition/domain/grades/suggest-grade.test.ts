import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderGrades } from './grade-order.js'
import { buildGradingTable, type GradeOrder, type GradingTable } from './grading-table.js'
import { suggestGrade } from './suggest-grade.js'

const group = (member: string) => ({
  version: '2025-1',
  referenceGroup: { member, iscedF: '0613', cycle: 'SECOND' as const },
  synthetic: true,
})
const letters: GradeOrder = { scale: 'A–F', passing: ['A', 'B', 'C', 'D', 'E'], failing: ['F'] }
const tens: GradeOrder = { scale: '1–10', passing: ['10', '9', '8', '7', '6'], failing: ['5', '4'] }

function tableOf(member: string, order: GradeOrder, counts: readonly number[]): GradingTable {
  const built = buildGradingTable(group(member), order, [
    ...order.passing.map((grade, index) => ({ year: 2024, grade, count: counts[index] ?? 0 })),
    ...order.passing.map((grade, index) => ({ year: 2025, grade, count: counts[index] ?? 0 })),
  ])
  if (!built.ok) throw new Error(built.code)
  return built.table
}
const from = tableOf('uis', letters, [10, 20, 40, 20, 10])
const to = tableOf('utwente', tens, [5, 15, 30, 40, 10])

describe('suggestGrade', () => {
  it.each([
    [
      'A',
      { min: '9', mean: '10', max: '10' },
      [
        ['10', '50'],
        ['9', '50'],
      ],
    ],
    [
      'B',
      { min: '8', mean: '9', max: '9' },
      [
        ['9', '50'],
        ['8', '50'],
      ],
    ],
    [
      'C',
      { min: '7', mean: '8', max: '8' },
      [
        ['8', '50'],
        ['7', '50'],
      ],
    ],
    ['D', { min: '7', mean: '7', max: '7' }, [['7', '100']]],
    ['E', { min: '6', mean: '6', max: '6' }, [['6', '100']]],
  ])('puts %s into the band %o', (value, band, overlaps) => {
    const { suggestion } = suggestGrade({ value, scale: 'A–F' }, from, to)
    expect(suggestion?.band).toEqual(band)
    expect(suggestion?.overlaps.map(({ grade, percent }) => [grade, percent])).toEqual(overlaps)
  })

  it('takes the worst, middle or best of the band as the home institution chooses', () => {
    const suggest = (policy: 'MIN' | 'MEAN' | 'MAX') =>
      suggestGrade({ value: 'A', scale: 'A–F' }, from, to, policy).suggestion?.grade
    expect([suggest('MIN'), suggest('MEAN'), suggest('MAX')]).toEqual(['9', '10', '10'])
  })

  it('returns the original and cites both tables', () => {
    const answer = suggestGrade({ value: 'C', scale: 'A–F' }, from, to)
    expect(answer.original).toEqual({ value: 'C', scale: 'A–F' })
    expect(answer.suggestion?.from).toEqual({
      version: '2025-1',
      sampleSize: 200,
      referenceGroup: group('uis').referenceGroup,
    })
    expect(answer.suggestion?.to.referenceGroup.member).toBe('utwente')
  })

  it.each([
    ['a pass without a grade', null, from, to, 'PASS_FAIL_ONLY'],
    ['a fail', { value: 'F', scale: 'A–F' }, from, to, 'FAIL_NOT_CONVERTED'],
    [
      'no table where it was awarded',
      { value: 'B', scale: 'A–F' },
      null,
      to,
      'NO_TABLE_OF_AWARDING_MEMBER',
    ],
    ['no table at home', { value: 'B', scale: 'A–F' }, from, null, 'NO_TABLE_OF_HOME_MEMBER'],
    ['another scale', { value: 'B', scale: 'local' }, from, to, 'SCALE_NOT_IN_TABLE'],
    ['a grade nobody knows', { value: 'B+', scale: 'A–F' }, from, to, 'GRADE_NOT_IN_TABLE'],
    [
      'a grade nobody was given',
      { value: 'A', scale: 'A–F' },
      tableOf('uis', letters, [0, 20, 40, 20, 10]),
      to,
      'NOBODY_WAS_GIVEN_THIS_GRADE',
    ],
  ] as const)('suggests nothing for %s and says why', (_, original, one, other, reason) => {
    expect(suggestGrade(original, one, other)).toEqual({ original, suggestion: null, reason })
  })

  it('keeps a grade within one table, and never turns a better grade into a worse one', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        const [a, b] = [
          tableOf(
            'uis',
            letters,
            one.map((n) => n + 10),
          ),
          tableOf(
            'utwente',
            tens,
            other.map((n) => n + 10),
          ),
        ]
        const places = letters.passing.map((value) => {
          const grade = { value, scale: 'A–F' }
          expect(suggestGrade(grade, a, a).suggestion?.band).toEqual({
            min: value,
            mean: value,
            max: value,
          })
          const band = suggestGrade(grade, a, b).suggestion?.band
          return [band?.max, band?.mean, band?.min].map((home) => tens.passing.indexOf(home ?? ''))
        })
        places.forEach((place, index) => {
          expect([...place].sort((x, y) => x - y)).toEqual(place)
          const better = places[index - 1] ?? [0, 0, 0]
          expect(place.every((home, k) => home >= (better[k] ?? 0))).toBe(true)
        })
      }),
      { seed: 20_261_125, numRuns: 300 },
    )
  })
})

describe('buildGradingTable', () => {
  it('counts passing grades only', () => {
    const counts = [2023, 2024].flatMap((year) =>
      ['A', 'B', 'F', 'G'].map((grade) => ({ year, grade, count: 30 })),
    )
    const built = buildGradingTable(group('uis'), letters, counts)
    expect(built).toMatchObject({ ok: true, table: { sampleSize: 120, years: [2023, 2024] } })
  })

  it('is not made from one year, from few grades, nor for pass and fail', () => {
    const year = (n: number, count: number) => [{ year: n, grade: 'A', count }]
    expect(buildGradingTable(group('uis'), letters, year(2024, 900))).toEqual({
      ok: false,
      code: 'TOO_FEW_YEARS',
      need: 2,
      have: 1,
    })
    expect(
      buildGradingTable(group('uis'), letters, [...year(2024, 20), ...year(2025, 29)]),
    ).toEqual({ ok: false, code: 'TOO_FEW_GRADES', need: 50, have: 49 })
    const passFail = { scale: 'pass', passing: ['G'], failing: ['H'] }
    expect(buildGradingTable(group('uis'), passFail, [])).toMatchObject({ code: 'PASS_FAIL_ONLY' })
  })
})

describe('orderGrades', () => {
  const scale = { name: 's', labels: [] }
  it.each([
    [
      { ...scale, minimum: '5.0', maximum: '1.0', pass: '4.0', isInverted: true },
      ['1,7', '5.0', '4.0', '1.0', 'b'],
      ['1.0', '1,7', '4.0'],
      ['5.0'],
    ],
    [
      { ...scale, minimum: '-3', maximum: '12', pass: '02', isInverted: false },
      ['00', '12', '02', '-3', '4'],
      ['12', '4', '02'],
      ['00', '-3'],
    ],
    [
      { ...scale, minimum: 'F', maximum: 'A', pass: 'E', isInverted: false },
      ['F', 'C', 'A', 'G', 'E'],
      ['A', 'C', 'E'],
      ['F'],
    ],
  ])('orders the grades of %o', (given, grades, passing, failing) => {
    expect(orderGrades(given, grades)).toEqual({ scale: 's', passing, failing })
  })
})
