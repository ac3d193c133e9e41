import type { EntityManager } from '@mikro-orm/postgresql'
import type { MemberRegister } from '../../../../schema/index.js'
import type { IssuingBody } from '../../domain/micro-credential.js'
import { type CredentialDesk, createCredentialDesk } from '../desk/credential-desk.js'
import {
  createSourceBuilder,
  toAwardingBody,
  toIssuingBodyProfile,
} from '../desk/credential-source-builder.js'
import { createSalts } from '../issue/create-salts.js'
import type { IssueDeps } from '../issue/issue-vc-jwt.js'
import { buildOfflineContexts } from '../json-ld/offline-contexts.js'
import { buildIssuerIdentity } from '../keys/issuer-identity.js'
import { ensureTestKeys, loadKeyRing } from '../keys/key-directory.js'
import type { PresentationExpectation } from '../verify/check-holder.js'
import { createGuardedFetcher } from '../verify/guarded-fetcher.js'
import { toTrustedIssuer } from '../verify/own-issuer.js'
import { createRemoteKeys } from '../verify/remote-keys.js'
import type { VerificationReport } from '../verify/report.js'
import { loadElmShapes } from '../verify/shacl-shapes.js'
import { createStatusListReader } from '../verify/status-list-reader.js'
import { createTrustStore, type TrustedIssuer } from '../verify/trust-store.js'
import { verifyCredential } from '../verify/verify-credential.js'
import { createStatusListPublisher, type StatusListPublisher } from './status-list-publisher.js'
import { writeTrustFile } from './trusted-issuers.js'

export interface CredentialOfficeOptions {
  readonly em: EntityManager
  /** Where clients reach the hub, without a slash at the end. */
  readonly publicUrl: string
  readonly register: MemberRegister
  readonly issuingBody: IssuingBody
  /** Directory of the issuing body's keys; test keys are made in it when it has none. */
  readonly keyDirectory: string
  /** Directory of the Commission's SHACL shapes; null: FORMAT leaves them out and says so. */
  readonly shapesDirectory: string | null
  /** Issuers of others whose seals are believed. */
  readonly trustedIssuers: readonly TrustedIssuer[]
  readonly now: () => Date
}

/** Everything this hub does with digital credentials. */
export interface CredentialOffice {
  readonly issuing: IssueDeps
  readonly desk: CredentialDesk
  readonly statusLists: StatusListPublisher
  /** Itself, as others may trust it. */
  readonly self: TrustedIssuer
  verify(bytes: Uint8Array, expected?: PresentationExpectation | null): Promise<VerificationReport>
}

/** Name of the foundation's folder of keys, and part of its URLs. */
const issuingBodySlug = 'foundation'

/**
 * Opens the office: loads the keys, the shapes and whom to trust.
 *
 * @throws HubError `SIGNING_KEYS_INVALID`.
 */
export async function openCredentialOffice(
  options: CredentialOfficeOptions,
): Promise<CredentialOffice> {
  const { em, register, now } = options
  const profile = toIssuingBodyProfile(options.issuingBody)
  await ensureTestKeys(options.keyDirectory, profile, now())
  const issuer = buildIssuerIdentity(options.publicUrl, issuingBodySlug, profile)
  const keys = await loadKeyRing(options.keyDirectory)
  const issuing: IssueDeps = { issuer, keys, salt: createSalts() }
  const self = toTrustedIssuer(issuer, keys, mandatesOf(register))
  await writeTrustFile(options.keyDirectory, [self])
  const trust = createTrustStore([self, ...options.trustedIssuers])
  const statusLists = createStatusListPublisher({ em, issuing, self, now })
  const clock = () => now().getTime()
  const origins = options.trustedIssuers.flatMap(({ origin }) => origin ?? [])
  const fetchText = createGuardedFetcher({ allowedOrigins: new Set(origins) })
  const remoteKeys = createRemoteKeys({ trust, fetchText, now: clock })
  const { shapesDirectory } = options
  const shapes = shapesDirectory === null ? null : await loadElmShapes(shapesDirectory)
  const deps = {
    contexts: buildOfflineContexts(shapes?.context),
    shapes,
    trust,
    remoteKeys,
    statusLists: createStatusListReader({
      readOwn: statusLists.readOwn,
      load: fetchText,
      trust,
      remoteKeys,
      now: clock,
    }),
    // No register of accreditations can be had offline: what a credential refers to is shown, not judged.
    accreditations: () => null,
    now: clock,
  }
  return {
    issuing,
    desk: createCredentialDesk({ issuing, buildSource: createSourceBuilder(register, profile) }),
    statusLists,
    self,
    verify: (bytes, expected = null) => verifyCredential(bytes, deps, expected),
  }
}

/** Names and URIs of the members: the foundation issues for each of them. */
function mandatesOf(register: MemberRegister): readonly string[] {
  return register.members.flatMap((member) => {
    const { id, legalNames, homepage } = toAwardingBody(member)
    return [id, ...Object.values(legalNames), ...(homepage === null ? [] : [homepage])]
  })
}
