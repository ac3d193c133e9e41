import type { EntityManager } from '@mikro-orm/postgresql'
import { signCompactJws } from '../credential/issue/compact-jws.js'
import { microCredentialType } from '../credential/issue/issue-sd-jwt.js'
import { toDidKeyId } from '../credential/keys/issuer-identity.js'
import type { CredentialOffice } from '../credential/office/credential-office.js'
import { readClaims } from '../share/select-disclosures.js'
import type { IssuanceDeps } from './issuance/issuance-routes.js'
import type { PresentationDeps } from './presentation/presentation-routes.js'

/** What the wallet routes need of the credential office. */
export function createWalletDeps(deps: {
  readonly office: CredentialOffice
  readonly fork: () => EntityManager
  readonly publicUrl: string
  readonly issuingBodyName: string
  readonly now: () => Date
}): IssuanceDeps & PresentationDeps {
  const { office, fork, publicUrl, issuingBodyName, now } = deps
  const { issuer, keys } = office.issuing
  return {
    fork,
    publicUrl,
    now,
    offered: { type: microCredentialType, titles: { en: 'Micro-credential' }, issuingBodyName },
    issue: async (em, { awardId, learnerId, holderKey, now: at }) => {
      const wanted = { awardId, format: 'dc+sd-jwt', holderKey, now: at } as const
      const outcome = await office.desk.issue(em, wanted)
      if (outcome.kind === 'refused' || outcome.credential.learnerId !== learnerId) return null
      return outcome.credential.document
    },
    clientId: `decentralized_identifier:${issuer.did}`,
    credentialType: microCredentialType,
    signRequest: (payload, at) => {
      const signer = keys.signer('ES256', at)
      const { algorithm: alg, keyId } = signer
      const header = { alg, typ: 'oauth-authz-req+jwt', kid: toDidKeyId(issuer, keyId) }
      return signCompactJws(header, { ...payload }, signer)
    },
    verify: async (presentation, expected) => {
      const report = await office.verify(Buffer.from(presentation), expected)
      // What a document that failed claims is nobody's word.
      return report.verdict === 'FAILED' ? { report } : { report, claims: readClaims(presentation) }
    },
  }
}
