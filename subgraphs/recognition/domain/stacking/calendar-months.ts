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
