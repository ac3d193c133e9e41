/** An ISO date, `2026-08-01`. */
export type IsoDate = string

/** The only lengths of time that figures are published for; nothing shifts a period by days. */
export const periodKinds = ['YEAR', 'QUARTER', 'MONTH'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** One period of the published grid. */
export interface ReportingPeriod {
  readonly kind: PeriodKind
  /** Calendar year in which the reporting year begins. */
  readonly reportingYear: number
  /** SDMX code of a reporting period: `2025-A1`, `2025-Q2`, `2025-M03`, counted from {@link reportingYearStartMonth}. */
  readonly code: string
  readonly startsOn: IsoDate
  /** The first day after it. */
  readonly endsBefore: IsoDate
}

/** Reporting years run from 1 August to 31 July, as HESA's do: no academic year of the alliance is cut in two. */
export const reportingYearStartMonth = 8

const monthsOf: Readonly<Record<PeriodKind, number>> = { YEAR: 12, QUARTER: 3, MONTH: 1 }
/** How many periods of a kind one reporting year has. */
export const periodsPerYear: Readonly<Record<PeriodKind, number>> = {
  YEAR: 1,
  QUARTER: 4,
  MONTH: 12,
}
const pattern = /^(\d{4})-(A1|Q[1-4]|M(?:0[1-9]|1[0-2]))$/

/** The period a code names, or null when it is none of the grid. */
export function parsePeriod(code: string): ReportingPeriod | null {
  const match = pattern.exec(code)
  if (!match) return null
  const [, year = '', part = ''] = match
  const kind = part.startsWith('A') ? 'YEAR' : part.startsWith('Q') ? 'QUARTER' : 'MONTH'
  return toPeriod(kind, Number(year), Number(part.slice(1)))
}

/**
 * A period by its place in the reporting year.
 *
 * @param number - 1 for a year, 1–4 for a quarter, 1–12 for a month.
 */
export function toPeriod(kind: PeriodKind, reportingYear: number, number: number): ReportingPeriod {
  const first = reportingYearStartMonth - 1 + (number - 1) * monthsOf[kind]
  const letter = { YEAR: 'A', QUARTER: 'Q', MONTH: 'M' }[kind]
  const digits = kind === 'MONTH' ? String(number).padStart(2, '0') : String(number)
  return {
    kind,
    reportingYear,
    code: `${reportingYear}-${letter}${digits}`,
    startsOn: firstOfMonth(reportingYear, first),
    endsBefore: firstOfMonth(reportingYear, first + monthsOf[kind]),
  }
}

/** The period of this kind that a date lies in. */
export function periodOf(kind: PeriodKind, date: IsoDate): ReportingPeriod {
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7))
  const reportingYear = month >= reportingYearStartMonth ? year : year - 1
  return toPeriod(kind, reportingYear, placeInYear(kind, month))
}

/**
 * The place in the reporting year, from 1, of the period that a month lies in.
 *
 * @param month - Of the calendar, 1–12.
 */
export function placeInYear(kind: PeriodKind, month: number): number {
  const index = (month + 12 - reportingYearStartMonth) % 12
  return Math.floor(index / monthsOf[kind]) + 1
}

/** The reporting year a date lies in. */
export function reportingYearOf(date: IsoDate): number {
  return periodOf('YEAR', date).reportingYear
}

/** Whether a period is over on `today`, so that its figures grow by late events only. */
export function isClosed(period: ReportingPeriod, today: IsoDate): boolean {
  return period.endsBefore <= today
}

function firstOfMonth(year: number, monthIndex: number): IsoDate {
  const month = (monthIndex % 12) + 1
  return `${year + Math.floor(monthIndex / 12)}-${String(month).padStart(2, '0')}-01`
}
