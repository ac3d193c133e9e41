import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { interopData, isInteropDataPresent } from '../../../../tests/intake/interop-data.fixture.js'
import { orderGrades } from './grade-order.js'
import { buildGradingTable, type GradeCount, type GradingTable } from './grading-table.js'
import { suggestGrade } from './suggest-grade.js'

const file = interopData('stavanger/grade-distribution.csv')
const scale = { name: 'A–F', minimum: 'F', maximum: 'A', pass: 'E', isInverted: false, labels: [] }

/** Grades of courses whose code starts with `prefix`; in these data the nearest thing to a field of study. */
function readCounts(prefix: string, years: readonly number[]): GradeCount[] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  return lines.flatMap((line) => {
    const [code = '', year, grade = '', candidates] = line.trim().split(',')
    if (!code.startsWith(prefix) || !years.includes(Number(year))) return []
    return [{ year: Number(year), grade, count: Number(candidates) }]
  })
}

function tableOf(prefix: string, iscedF: string): GradingTable {
  const counts = readCounts(prefix, [2022, 2023, 2024])
  const order = orderGrades(
    scale,
    counts.map(({ grade }) => grade),
  )
  const referenceGroup = { member: 'uis', iscedF, cycle: 'FIRST' as const }
  const built = buildGradingTable(
    { version: 'test', referenceGroup, synthetic: false },
    order,
    counts,
  )
  if (!built.ok) throw new Error(built.code)
  return built.table
}

describe.skipIf(!isInteropDataPresent(file))(
  `real grades of the University of Stavanger (needs ${file})`,
  () => {
    it('become a grading table of passing letters, without F, passes (G) and fails (H)', () => {
      const table = tableOf('DAT', '0613')
      expect(table.rows).toEqual([
        { grade: 'A', count: 766 },
        { grade: 'B', count: 972 },
        { grade: 'C', count: 1180 },
        { grade: 'D', count: 568 },
        { grade: 'E', count: 399 },
      ])
      expect(table).toMatchObject({ sampleSize: 3885, years: [2022, 2023, 2024], failing: ['F'] })
    })

    it('show that a B in computing is as rare as a weak B or a good C in mathematics', () => {
      const { suggestion } = suggestGrade(
        { value: 'B', scale: 'A–F' },
        tableOf('DAT', '0613'),
        tableOf('MAT', '0541'),
      )
      // Computing: B covers 19.7–44.7 % from the top. Mathematics: B 16.7–32.5 %, C 32.5–64.9 %.
      expect(suggestion).toMatchObject({
        grade: 'B',
        band: { min: 'C', mean: 'B', max: 'B' },
        overlaps: [
          { grade: 'B', percent: '50.9' },
          { grade: 'C', percent: '49.1' },
        ],
        from: { sampleSize: 3885 },
        to: { sampleSize: 2505 },
      })
    })

    it('give no table for one year alone, nor for a handful of students', () => {
      const group = {
        version: 'test',
        referenceGroup: { member: 'uis', iscedF: '0613', cycle: 'FIRST' as const },
        synthetic: false,
      }
      const order = orderGrades(scale, ['A', 'B', 'C', 'D', 'E', 'F'])
      expect(buildGradingTable(group, order, readCounts('DAT', [2024]))).toMatchObject({
        ok: false,
        code: 'TOO_FEW_YEARS',
      })
      expect(
        buildGradingTable(group, order, readCounts('ABL102', [2022, 2023, 2024])),
      ).toMatchObject({ ok: false, code: 'TOO_FEW_GRADES' })
    })

    it('hold for every subject with enough grades: better never becomes worse, and itself stays itself', () => {
      const target = tableOf('MAT', '0541')
      for (const prefix of ['DAT', 'BSY', 'MGL', 'MSB', 'BRV', 'ELE', 'IND', 'BYG']) {
        const table = tableOf(prefix, '0000')
        let worst = 0
        for (const { grade } of table.rows) {
          const original = { value: grade, scale: 'A–F' }
          const found = suggestGrade(original, table, target).suggestion
          const place = target.rows.findIndex((row) => row.grade === found?.grade)
          expect(place).toBeGreaterThanOrEqual(worst)
          worst = place
          expect(suggestGrade(original, table, table).suggestion?.grade).toBe(grade)
        }
      }
    })
  },
)
