import { readOrganizationIdentifier } from '../keys/certificate-subject.js'
import type { SealFinding } from './check-seal.js'
import type { CredentialFacts } from './credential-facts.js'
import { type Check, toCheck } from './report.js'
import type { TrustedIssuer, TrustStore } from './trust-store.js'

/** Checks that the issuer is one we trust, is who sealed it, and may issue for the awarding body. */
export function checkIssuer(
  facts: CredentialFacts,
  { sealer, chain, isIntact }: SealFinding,
  trust: TrustStore,
): Check {
  const result = (status: Check['status'], code: string, message: string) =>
    toCheck('ISSUER', status, [{ code, message }])
  if (!isIntact) {
    return result('unknown', 'SEAL_UNPROVEN', 'Without an intact seal nobody can be held to it.')
  }
  if (sealer === null) {
    const claimed = facts.issuerIds.some((id) => trust.findIssuer(id) !== null)
    return claimed
      ? result('fail', 'ISSUER_IMPERSONATED', 'It names a trusted issuer, who did not seal it.')
      : result('unknown', 'ISSUER_UNKNOWN', 'The issuer is nobody trusted here.')
  }
  const certified = chain === null ? null : readOrganizationIdentifier(chain.leaf)
  const isNamed = facts.issuerIds.some(
    (id) => sealer.identifiers.includes(id) || (certified !== null && id === certified),
  )
  if (!isNamed) return result('fail', 'ISSUER_MISMATCH', 'Another issuer is named than sealed it.')
  return checkMandate(facts, sealer)
}

const testIssuer = {
  code: 'TEST_ISSUER',
  message: 'It seals with keys of a test authority: nobody has made sure who it is.',
}

function checkMandate(facts: CredentialFacts, sealer: TrustedIssuer): Check {
  const result = (status: Check['status'], code: string, message: string) =>
    toCheck('ISSUER', status, [{ code, message }, ...(sealer.isTest ? [testIssuer] : [])])
  if (facts.awardingBodies.length === 0) {
    return result('fail', 'AWARDING_BODY_MISSING', 'It does not say who awarded it.')
  }
  const isOwn = (names: readonly string[]) =>
    names.some((name) => sealer.identifiers.includes(name) || name === sealer.name)
  if (facts.awardingBodies.every(isOwn)) {
    return result('pass', 'ISSUER_TRUSTED', `${sealer.name} awarded and issued it.`)
  }
  if (facts.mandate === null) {
    const message = 'The issuer is not who awarded it, and no mandate is stated.'
    return result('fail', 'MANDATE_MISSING', message)
  }
  const isMandated = (names: readonly string[]) =>
    isOwn(names) || names.some((name) => sealer.mandates.includes(name))
  if (!facts.awardingBodies.every(isMandated)) {
    const message = 'The issuer is not known to issue for this awarding body.'
    return result('fail', 'MANDATE_UNKNOWN', message)
  }
  return result('pass', 'ISSUER_MANDATED', `${sealer.name} issues for the awarding body.`)
}
