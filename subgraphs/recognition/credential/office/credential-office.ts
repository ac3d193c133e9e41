import type { EntityManager } from '@mikro-orm/postgresql'
import { allianceOwner, type MemberRegister, toGlobalId } from '../../../../schema/index.js'
import {
  type AccreditationRecord,
  createAccreditationRegister,
} from '../../domain/accreditation.js'
import type { IssuingBody } from '../../domain/micro-credential.js'
import { findSupersession } from '../../store/credential.store.js'
import { type CredentialDesk, createCredentialDesk } from '../desk/credential-desk.js'
import {
  createSourceBuilder,
  toAwardingBody,
  toIssuingBodyProfile,
} from '../desk/credential-source-builder.js'
import { createSalts } from '../issue/create-salts.js'
import type { IssueDeps } from '../issue/issue-vc-jwt.js'
import { buildIssuerIdentity } from '../keys/issuer-identity.js'
import { openLiveKeyRing } from '../keys/live-key-ring.js'
import { openIssuingKeys } from '../keys/open-issuing-keys.js'
import type { PresentationExpectation } from '../verify/check-holder.js'
import type { FindSuccessor } from '../verify/check-revocation.js'
import { type GraphThreadOptions, startGraphThreads } from '../verify/graph/start-graph-threads.js'
import { createGuardedFetcher } from '../verify/guarded-fetcher.js'
import { toTrustedIssuer } from '../verify/own-issuer.js'
import { createRemoteKeys } from '../verify/remote-keys.js'
import type { VerificationReport } from '../verify/report.js'
import { createStatusListReader } from '../verify/status-list-reader.js'
import { createTrustStore, type TrustedIssuer } from '../verify/trust-store.js'
import { type VerifyDeps, verifyCredential } from '../verify/verify-credential.js'
import { createStatusListPublisher, type StatusListPublisher } from './status-list-publisher.js'
import { writeTrustFile } from './trusted-issuers.js'

export interface CredentialOfficeOptions {
  readonly em: EntityManager
  /** Where clients reach the hub, without a slash at the end. */
  readonly publicUrl: string
  readonly register: MemberRegister
  readonly issuingBody: IssuingBody
  /** Directory of the issuing body's keys. */
  readonly keyDirectory: string
  /** Whether test keys are made in it when it has none, and may seal. */
  readonly allowsTestKeys: boolean
  /** Directory of the Commission's SHACL shapes; null: FORMAT leaves them out and says so. */
  readonly shapesDirectory: string | null
  /** Of the threads European credentials are checked in. */
  readonly graphThreads?: Omit<GraphThreadOptions, 'shapesDirectory'>
  /** The register ACCREDITATION looks into. */
  readonly accreditations: readonly AccreditationRecord[]
  /** Issuers of others whose seals are believed. */
  readonly trustedIssuers: readonly TrustedIssuer[]
  readonly now: () => Date
}

/** Everything this hub does with digital credentials. */
export interface CredentialOffice {
  readonly issuing: IssueDeps
  readonly desk: CredentialDesk
  readonly statusLists: StatusListPublisher
  /**
   * Takes over what has changed in the directory of keys since; returns whether anything had.
   *
   * @throws HubError `SIGNING_KEYS_INVALID`: what was there before stays in use.
   */
  refreshKeys(): Promise<boolean>
  verify(bytes: Uint8Array, expected?: PresentationExpectation | null): Promise<VerificationReport>
  /** Ends its threads. */
  stop(): Promise<void>
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
  const issuer = buildIssuerIdentity(options.publicUrl, issuingBodySlug, profile)
  const { keyDirectory, allowsTestKeys } = options
  const live = await openLiveKeyRing(keyDirectory, () =>
    openIssuingKeys(keyDirectory, profile, { allowsTestKeys, now: now() }),
  )
  const issuing: IssueDeps = { issuer, keys: live.keys, salt: createSalts() }
  const statusLists = createStatusListPublisher({ em, issuing, now })
  const { shapesDirectory, graphThreads } = options
  const graph = startGraphThreads({ shapesDirectory, ...graphThreads })
  const fixed = {
    checkGraph: graph.checkGraph,
    accreditations: createAccreditationRegister(options.accreditations),
    findSuccessor: createSuccessorFinder(em),
    now: () => now().getTime(),
  }
  const trustKeys = async (): Promise<VerifyDeps> => {
    const self = toTrustedIssuer(issuer, live.keys, mandatesOf(register))
    await writeTrustFile(keyDirectory, [self])
    return { ...fixed, ...openTrust(self, options.trustedIssuers, statusLists, fixed.now) }
  }
  // Exchanged as a whole: a verification under way goes on with the keys it began with.
  let deps = await trustKeys()
  return {
    issuing,
    desk: createCredentialDesk({ issuing, buildSource: createSourceBuilder(register, profile) }),
    statusLists,
    refreshKeys: async () => {
      if (!(await live.refresh())) return false
      deps = await trustKeys()
      return true
    },
    verify: (bytes, expected = null) => verifyCredential(bytes, deps, expected),
    stop: graph.stop,
  }
}

/** Whom to believe, with what follows from it: other keys to ask for, lists of statuses to read. */
function openTrust(
  self: TrustedIssuer,
  others: readonly TrustedIssuer[],
  own: StatusListPublisher,
  now: () => number,
): Pick<VerifyDeps, 'trust' | 'remoteKeys' | 'statusLists'> {
  const trust = createTrustStore([self, ...others])
  const origins = others.flatMap(({ origin }) => origin ?? [])
  const fetchText = createGuardedFetcher({ allowedOrigins: new Set(origins) })
  const remoteKeys = createRemoteKeys({ trust, fetchText, now })
  const readOwn = async (url: string) => {
    const list = await own.readOwn(url)
    return list === null ? null : { ...list, issuer: self }
  }
  const lists = { readOwn, load: fetchText, trust, remoteKeys, now }
  return { trust, remoteKeys, statusLists: createStatusListReader(lists) }
}

/** Finds successors among what this hub has issued. The credential's own name holds its id, the successor's is alike. */
function createSuccessorFinder(em: EntityManager): FindSuccessor {
  return async (name) => {
    const match = /^(urn:(?:uuid|credential):)([0-9a-f-]{36})$/.exec(name)
    if (match?.[1] === undefined || match[2] === undefined) return null
    const id = toGlobalId(allianceOwner, 'credential', match[2])
    const found = await findSupersession(em.fork(), id)
    if (found === null || found.successor === null) return found
    return {
      successor: `${match[1]}${found.successor.slice(found.successor.lastIndexOf(':') + 1)}`,
    }
  }
}

/** Names and URIs of the members: the foundation issues for each of them. */
function mandatesOf(register: MemberRegister): readonly string[] {
  return register.members.flatMap((member) => {
    const { id, legalNames, homepage } = toAwardingBody(member)
    return [id, ...Object.values(legalNames), ...(homepage === null ? [] : [homepage])]
  })
}
