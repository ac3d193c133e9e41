import { multiplyDecimals, parseDecimal, roundDecimal } from '../domain/decimal.js'

/**
 * Total hours of work by a national rule of hours per credit, to the nearest whole hour. Null when `ects` is no number:
 * there are no credits, or the validation names what stands in their place.
 *
 * @param hoursPerCredit - An exact decimal, usually 25 to 30.
 */
export function toHoursOfWork(ects: unknown, hoursPerCredit: string): number | null {
  const credits = parseDecimal(ects)
  return credits === null ? null : roundDecimal(multiplyDecimals(credits, hoursPerCredit))
}
