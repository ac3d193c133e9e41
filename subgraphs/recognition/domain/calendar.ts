const msPerDay = 86_400_000

/** The ISO date `days` calendar days later. */
export function addDays(date: string, days: number): string {
  const instant = Date.parse(`${date}T00:00:00Z`) + days * msPerDay
  return new Date(instant).toISOString().slice(0, 10)
}

/** Calendar days from one ISO date to another; negative when `to` is the earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / msPerDay
}

/**
 * The ISO date `months` calendar months earlier, on the same day or, where that month is shorter, on its last
 * (31 May minus three months is the last day of February).
 */
export function subtractMonths(date: string, months: number): string {
  const total = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 - months
  const year = Math.floor(total / 12)
  const month = total - year * 12 + 1
  const day = Math.min(Number(date.slice(8, 10)), daysIn(year, month))
  return `${print(year, 4)}-${print(month, 2)}-${print(day, 2)}`
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function print(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
