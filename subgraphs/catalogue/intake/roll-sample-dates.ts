import type { OfferingRecord, OpportunityRecord } from '../domain/catalogue-record.js'

/** Month of the first day of an academic year, 0-based: August, the earliest among the members. */
const firstMonth = 7

/** The year in which the academic year of an instant began, e.g. 2026 for 23 November 2026 and for 31 July 2027. */
export function academicYearOf(now: Date): number {
  const year = now.getUTCFullYear()
  return now.getUTCMonth() >= firstMonth ? year : year - 1
}

/**
 * The record with all its dates moved by whole years, so that sample data written for one academic year shows the
 * current one. 29 February becomes the 28th. Years in the names of sessions move along; ids, codes and titles stay.
 */
export function rollSampleDates(record: OpportunityRecord, years: number): OpportunityRecord {
  if (years === 0) return record
  return { ...record, offerings: record.offerings.map((offering) => roll(offering, years)) }
}

function roll(offering: OfferingRecord, years: number): OfferingRecord {
  const { session, application } = offering
  return {
    ...offering,
    startDate: moveDate(offering.startDate, years),
    endDate: moveDate(offering.endDate, years),
    session: session && {
      name: moveYears(session.name, years),
      startDate: moveDate(session.startDate, years),
      endDate: moveDate(session.endDate, years),
    },
    application: application && {
      opensAt: moveDate(application.opensAt, years),
      closesAt: moveDate(application.closesAt, years),
    },
  }
}

// Works for days and instants: both begin with YYYY-MM-DD.
function moveDate(date: string | null, years: number): string | null {
  if (date === null) return null
  const year = Number(date.slice(0, 4)) + years
  const rest = date.slice(4)
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return `${year}${isLeapYear ? rest : rest.replace(/^-02-29/, '-02-28')}`
}

// `2026`, `2026/27`, `2026–2027`, `26/27` stays: two digits alone may be anything.
function moveYears(name: string, years: number): string {
  return name.replace(
    /(?<!\d)(20\d\d)(?:(\s?[/–-]\s?)(20\d\d|\d\d))?(?!\d)/g,
    (whole, year: string, separator: string | undefined, next: string | undefined) => {
      const moved = String(Number(year) + years)
      if (separator === undefined || next === undefined) return moved
      // `2026-09` is a month; only the following year makes a range.
      const following = Number(year) + 1
      if (Number(next) !== following && Number(next) !== following % 100) {
        return `${moved}${whole.slice(4)}`
      }
      return `${moved}${separator}${String(following + years).slice(-next.length)}`
    },
  )
}
