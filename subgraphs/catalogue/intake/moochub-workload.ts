import { divideDecimals, multiplyDecimals, parseDecimal, roundDecimal } from '../domain/decimal.js'
import { asObject, own } from './loose-json.js'

/**
 * Hours of work in all: the workload per day, week or month times the duration, rounded to whole hours. Null when one
 * of them is missing, or when the duration has no whole part in the workload's unit (a month is no number of weeks).
 */
export function toMoochubHours(workload: unknown, duration: unknown): number | null {
  const hours = parseDecimal(own(asObject(workload), 'timeValue'))
  const unit = own(asObject(workload), 'timeUnit')
  const length = typeof duration === 'string' ? readDuration(duration) : null
  if (hours === null || length === null) return null
  const periods =
    unit === 'h/month'
      ? length.months
      : unit === 'h/week'
        ? length.weeks
        : unit === 'h/day'
          ? length.days
          : null
  return periods === null ? null : roundDecimal(multiplyDecimals(hours, periods))
}

interface Length {
  readonly months: string | null
  readonly weeks: string | null
  readonly days: string | null
}

// Only durations of one unit: P1M2W has no exact number of weeks.
function readDuration(duration: string): Length | null {
  const match = /^P(\d+(?:\.\d+)?)([YMWD])$/.exec(duration)
  const value = parseDecimal(match?.[1])
  if (match === null || value === null) return null
  const none = { months: null, weeks: null, days: null }
  if (match[2] === 'Y') return { ...none, months: multiplyDecimals(value, '12') }
  if (match[2] === 'M') return { ...none, months: value }
  if (match[2] === 'W') return { ...none, weeks: value, days: multiplyDecimals(value, '7') }
  return { ...none, days: value, weeks: divideDecimals(value, '7') }
}
