import type { Check, CheckName, CheckStatus, Verdict } from './report.js'

/** Checks that have to pass. */
const required: ReadonlySet<CheckName> = new Set(['FORMAT', 'SEAL', 'VALIDITY', 'ISSUER'])

/** Checks that may also have nothing to look at: no status entry, nobody presenting. */
const requiredWherePresent: ReadonlySet<CheckName> = new Set(['REVOCATION', 'HOLDER'])

/**
 * The verdict over all checks: `FAILED` when any failed; `VERIFIED` when format, seal, validity and issuer pass and
 * revocation and holder pass or have nothing to check; else `UNDETERMINED`. An accreditation that could not be looked up
 * stays a remark: who judges quality needs it, who judges authenticity does not.
 *
 * @see infra/decisions/0022-what-makes-a-credential-verified.md
 */
export function decideVerdict(checks: readonly Check[]): Verdict {
  if (checks.some((check) => check.status === 'fail')) return 'FAILED'
  return checks.every(({ name, status }) => satisfies(name, status)) ? 'VERIFIED' : 'UNDETERMINED'
}

function satisfies(name: CheckName, status: CheckStatus): boolean {
  if (required.has(name)) return status === 'pass'
  if (requiredWherePresent.has(name)) return status === 'pass' || status === 'neutral'
  return true
}
