import type { CredentialFacts } from './credential-facts.js'
import { toTime } from './instant.js'
import { type Check, toCheck } from './report.js'

/** An accreditation as it stands in a register. */
export interface AccreditationRecord {
  readonly reference: string
  /** URIs or names of the bodies it holds for. */
  readonly holders: readonly string[]
  /** ISO dates; null: open. */
  readonly validFrom: string | null
  readonly validUntil: string | null
}

/** Where accreditations are looked up. Null when it does not know the reference: nobody knows all of them. */
export type AccreditationRegister = (reference: string) => AccreditationRecord | null

/** Checks the accreditation a credential refers to. */
export function checkAccreditation(facts: CredentialFacts, register: AccreditationRegister): Check {
  const result = (status: Check['status'], code: string, message: string) =>
    toCheck('ACCREDITATION', status, [{ code, message }])
  const [reference] = facts.accreditations
  if (reference === undefined) {
    return result('neutral', 'NO_ACCREDITATION', 'It refers to no accreditation record.')
  }
  const record = register(reference)
  if (record === null) {
    const message = 'The accreditation record it refers to is in no register at hand.'
    return result('unknown', 'ACCREDITATION_NOT_LISTED', message)
  }
  const names = new Set(facts.awardingBodies.flat())
  if (!record.holders.some((holder) => names.has(holder))) {
    return result(
      'fail',
      'ACCREDITATION_OF_ANOTHER',
      'It refers to the accreditation of another body.',
    )
  }
  const at = toTime(facts.issuedAt)
  if (at === null)
    return result('unknown', 'SEALING_TIME_UNKNOWN', 'It does not say when it was issued.')
  const from = toTime(record.validFrom)
  const until = toTime(record.validUntil)
  if ((from !== null && at < from) || (until !== null && at > until)) {
    return result(
      'fail',
      'ACCREDITATION_NOT_VALID',
      'The accreditation was not valid when it was issued.',
    )
  }
  return result('pass', 'ACCREDITED', 'The accreditation is in the register and was valid.')
}
