import type { CredentialFacts } from './credential-facts.js'
import { toTime } from './instant.js'
import { type Check, toCheck } from './report.js'

const clockSkewMs = 120_000

/** Checks the document's own period. Its end ends the document, not what was achieved. */
export function checkValidity(facts: CredentialFacts, now: number): Check {
  const result = (status: Check['status'], code: string, message: string) =>
    toCheck('VALIDITY', status, [{ code, message }])
  const from = toTime(facts.validFrom)
  const until = toTime(facts.validUntil)
  if (from === null) {
    return facts.validFrom === undefined
      ? result('unknown', 'START_MISSING', 'It does not say from when it is valid.')
      : result('fail', 'START_INVALID', 'The beginning of its validity is no date.')
  }
  if (facts.validUntil !== undefined && facts.validUntil !== null && until === null) {
    return result('fail', 'END_INVALID', 'The end of its validity is no date.')
  }
  if (until !== null && until < from) {
    return result('fail', 'END_BEFORE_START', 'It ends before it begins.')
  }
  if (from > now + clockSkewMs) return result('fail', 'NOT_YET_VALID', 'It is not valid yet.')
  if (until !== null && until <= now) {
    return result('fail', 'EXPIRED', 'It has expired; what was achieved has not.')
  }
  return result('pass', 'VALID', 'It is within its period.')
}
