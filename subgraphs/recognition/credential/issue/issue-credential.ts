import type { CredentialFormat, CredentialSource, Issuance } from '../credential-source.js'
import { issueEuropeanCredential } from './issue-european.js'
import { issueOpenBadge } from './issue-open-badge.js'
import { issueSdJwtVc } from './issue-sd-jwt.js'
import { type IssueDeps, issueVcJwt } from './issue-vc-jwt.js'

/** The sealed document for one award in one format. Pure but for the signer and the salts: nothing is stored. */
export function issueCredential(
  source: CredentialSource,
  format: CredentialFormat,
  issuance: Issuance,
  deps: IssueDeps,
): Promise<string> {
  switch (format) {
    case 'elm+jades':
      return issueEuropeanCredential(source, issuance, deps)
    case 'vc+jwt':
      return issueVcJwt(source, issuance, deps)
    case 'dc+sd-jwt':
      return issueSdJwtVc(source, issuance, deps)
    case 'openbadge+jwt':
      return issueOpenBadge(source, issuance, deps)
  }
}
