import { type EntityKind, parseGlobalId } from '../../../schema/index.js'
import type { FaultList } from './fault.js'

/** Longest text a person may write into a record: about two pages. */
export const longestText = 4_000

/** Whether `value` is the hub id of such a thing; notes the fault when it is not. */
export function checkId(faults: FaultList, path: string, value: string, kind: EntityKind): boolean {
  if (parseGlobalId(value)?.kind === kind) return true
  faults.add('ID_INVALID', path, `has to be a hub id member:${kind}:localId`)
  return false
}

/** Whether `value` is a day of the calendar, written `2026-11-23`; notes the fault when it is not. */
export function checkDate(faults: FaultList, path: string, value: string): boolean {
  const isDay =
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    !Number.isNaN(Date.parse(value)) &&
    new Date(value).toISOString().startsWith(value)
  if (!isDay) faults.add('DATE_INVALID', path, 'has to be a day of the calendar, e.g. 2026-11-23')
  return isDay
}

/** Notes a fault when a text says nothing, or too much. */
export function checkText(faults: FaultList, path: string, value: string): void {
  if (value.trim() === '') faults.add('VALUE_REQUIRED', path, 'has to say something')
  if (value.length > longestText) {
    faults.add('VALUE_TOO_LONG', path, `has ${value.length} characters, at most ${longestText}`)
  }
}

/** The ISO date of an instant, in UTC. */
export function toDate(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}
