import type { OfferingRecord } from './catalogue-record.js'

/** Whether `now` lies in the application window, both ends inclusive; a null end is open. No window is not open. */
export function isWindowOpen(application: OfferingRecord['application'], now: Date): boolean {
  if (application === null) return false
  const { opensAt, closesAt } = application
  if (opensAt !== null && now.getTime() < Date.parse(opensAt)) return false
  return closesAt === null || now.getTime() <= Date.parse(closesAt)
}

/**
 * Whether one can apply for a run now: it is active, has not ended, and its application window is open.
 *
 * @param timeZone - The member's; a run ends with its last day there.
 */
export function isOpenForApplication(
  offering: Pick<OfferingRecord, 'state' | 'endDate' | 'application'>,
  now: Date,
  timeZone: string,
): boolean {
  if (offering.state !== 'ACTIVE') return false
  if (offering.endDate !== null && offering.endDate < toDay(now, timeZone)) return false
  return isWindowOpen(offering.application, now)
}

/** The calendar day it is in a time zone, `YYYY-MM-DD`. */
export function toDay(instant: Date, timeZone: string): string {
  // The Swedish locale writes dates as ISO 8601 does.
  return instant.toLocaleDateString('sv-SE', { timeZone })
}
