import { type DecimalText, multiplyDecimals } from '../decimal.js'
import type { Workload } from '../jurisdiction.js'
import type { HourRange } from './pathway-progress.js'

/**
 * Hours of work behind credits, in whole hours: where a member states none, its jurisdiction says how many an ECTS credit
 * stands for.
 *
 * @see ECTS Users' Guide 2015: 25–30 hours per credit; jurisdictions say it more exactly.
 */
export function toNotionalHours(ects: DecimalText, workload: Workload): HourRange {
  return {
    minimum: Math.floor(Number(multiplyDecimals(ects, workload.minimumHoursPerEcts))),
    maximum: Math.ceil(Number(multiplyDecimals(ects, workload.maximumHoursPerEcts))),
  }
}
