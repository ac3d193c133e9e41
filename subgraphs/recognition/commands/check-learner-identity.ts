import type { LearnerIdentity } from '../credential/credential-source.js'
import type { FaultList } from './fault.js'

const maximumNameLength = 200

/** The identity, trimmed, or null with its faults noted. Nothing of it is repeated in a fault: it is personal data. */
export function checkLearnerIdentity(
  faults: FaultList,
  path: string,
  given: Partial<LearnerIdentity>,
): LearnerIdentity | null {
  const givenName = given.givenName?.trim() ?? ''
  const familyName = given.familyName?.trim() ?? ''
  const dateOfBirth = given.dateOfBirth ?? null
  for (const [name, value] of [
    ['givenName', givenName],
    ['familyName', familyName],
  ] as const) {
    if (value === '') faults.add('VALUE_REQUIRED', `${path}.${name}`, `${name} is empty`)
    if (value.length > maximumNameLength) {
      const message = `${name} is longer than ${maximumNameLength} characters`
      faults.add('VALUE_TOO_LONG', `${path}.${name}`, message)
    }
    // NUL cannot be stored in Postgres.
    if (value.includes('\0')) faults.add('VALUE_INVALID', `${path}.${name}`, `${name} has a NUL`)
  }
  const isDate =
    dateOfBirth === null ||
    (/^\d{4}-\d{2}-\d{2}$/.test(dateOfBirth) &&
      new Date(`${dateOfBirth}T00:00:00Z`).toJSON()?.slice(0, 10) === dateOfBirth)
  if (!isDate) faults.add('DATE_INVALID', `${path}.dateOfBirth`, 'dateOfBirth is no ISO date')
  return faults.isEmpty ? { givenName, familyName, dateOfBirth } : null
}
