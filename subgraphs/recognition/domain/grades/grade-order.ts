import { compareDecimals, isDecimal } from '../decimal.js'
import type { GradingScale } from '../jurisdiction.js'
import type { GradeOrder } from './grading-table.js'

/**
 * Puts grades in the order of a jurisdiction's scale: numbers by value (downwards where a smaller number is better),
 * letters from A on. Grades that are neither, such as a plain pass, are left out.
 *
 * @param grades - Those that occur, as printed on transcripts; a decimal comma counts as a point.
 */
export function orderGrades(scale: GradingScale, grades: readonly string[]): GradeOrder {
  const isNumeric = isDecimal(toNumber(scale.pass))
  const known = [...new Set(grades)].filter((grade) =>
    isNumeric ? isDecimal(toNumber(grade)) : isBetween(grade, scale.maximum, scale.minimum),
  )
  const compare = (a: string, b: string) => {
    if (!isNumeric) return a < b ? -1 : a > b ? 1 : 0
    const order = compareDecimals(toNumber(b), toNumber(a))
    return scale.isInverted ? -order : order
  }
  known.sort(compare)
  return {
    scale: scale.name,
    passing: known.filter((grade) => compare(grade, scale.pass) <= 0),
    failing: known.filter((grade) => compare(grade, scale.pass) > 0),
  }
}

function toNumber(grade: string): string {
  return grade.replace(',', '.')
}

function isBetween(grade: string, best: string, worst: string): boolean {
  return /^[A-Z]$/.test(grade) && grade >= best && grade <= worst
}
