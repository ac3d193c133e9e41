import type { AccreditationRegister } from '../../domain/accreditation.js'
import { checkAccreditation } from './check-accreditation.js'
import { checkFormat, type FormatDeps } from './check-format.js'
import { checkHolder, type PresentationExpectation } from './check-holder.js'
import { checkIssuer } from './check-issuer.js'
import { checkRevocation, type FindSuccessor } from './check-revocation.js'
import { checkSeal } from './check-seal.js'
import { checkValidity } from './check-validity.js'
import { readFacts } from './credential-facts.js'
import { parseCredential } from './parse-credential.js'
import type { RemoteKeys } from './remote-keys.js'
import { type Check, checkNames, toCheck, type VerificationReport } from './report.js'
import { resolveKey } from './resolve-key.js'
import type { StatusListReader } from './status-list-reader.js'
import type { TrustStore } from './trust-store.js'
import { decideVerdict } from './verdict.js'

/** What verifying takes. Nothing in it is changed by a document. */
export interface VerifyDeps extends FormatDeps {
  readonly trust: TrustStore
  readonly statusLists: StatusListReader
  /** Null: no key is ever fetched. */
  readonly remoteKeys: RemoteKeys | null
  readonly accreditations: AccreditationRegister
  /** Only where what was issued is at hand. */
  readonly findSuccessor?: FindSuccessor
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Characters of a document's own id that a report repeats. */
const maxIdLength = 500

/**
 * Looks at a document in any of the formats, ours or anybody's, and reports what was found, check by check. Never throws
 * for a document, however odd, and never says "recognised".
 *
 * @param expected - What a holder who presents it was asked to sign; null when it is only looked at.
 */
export async function verifyCredential(
  bytes: Uint8Array,
  deps: VerifyDeps,
  expected: PresentationExpectation | null = null,
): Promise<VerificationReport> {
  const now = deps.now()
  const checkedAt = new Date(now).toISOString()
  const parsed = parseCredential(bytes)
  if (!parsed.ok) {
    const checks = checkNames.map((name) =>
      name === 'FORMAT'
        ? toCheck(name, 'fail', [parsed.reason])
        : toCheck(name, 'unknown', [unread]),
    )
    return { verdict: 'FAILED', format: null, credentialId: null, checkedAt, checks }
  }
  const { credential } = parsed
  const facts = readFacts(credential)
  const key = await resolveKey(credential, facts, deps)
  const seal = checkSeal(credential, facts, key, { trust: deps.trust, now })
  const checks: readonly Check[] = [
    await checkFormat(credential, deps),
    seal.check,
    await checkRevocation(facts, seal, deps.statusLists, deps.findSuccessor ?? null),
    checkAccreditation(facts, deps.accreditations),
    checkValidity(facts, now),
    checkIssuer(facts, seal, deps.trust),
    checkHolder(credential, expected, now),
  ]
  return {
    verdict: decideVerdict(checks),
    format: credential.format,
    credentialId: facts.id?.slice(0, maxIdLength) ?? null,
    checkedAt,
    checks,
  }
}

const unread = { code: 'NOT_READ', message: 'The document could not be read.' }
