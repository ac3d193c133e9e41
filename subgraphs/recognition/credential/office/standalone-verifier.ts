import {
  type AccreditationRecord,
  createAccreditationRegister,
} from '../../domain/accreditation.js'
import { startGraphThreads } from '../verify/graph/start-graph-threads.js'
import { createGuardedFetcher } from '../verify/guarded-fetcher.js'
import { createRemoteKeys } from '../verify/remote-keys.js'
import type { VerificationReport } from '../verify/report.js'
import { createStatusListReader } from '../verify/status-list-reader.js'
import { createTrustStore, type TrustedIssuer } from '../verify/trust-store.js'
import { verifyCredential } from '../verify/verify-credential.js'

export interface StandaloneVerifierOptions {
  readonly trustedIssuers: readonly TrustedIssuer[]
  /** Null: FORMAT leaves the SHACL shapes out and says so. */
  readonly shapesDirectory: string | null
  /** The register ACCREDITATION looks into. */
  readonly accreditations: readonly AccreditationRecord[]
  /** Whether lists of statuses and keys of trusted issuers may be fetched. */
  readonly isOnline: boolean
  readonly now: () => number
}

/** Verifies without a hub, a database or a key of one's own: with a trust file and, where allowed, the network. */
export function createStandaloneVerifier(
  options: StandaloneVerifierOptions,
): (bytes: Uint8Array) => Promise<VerificationReport> {
  const { trustedIssuers, shapesDirectory, isOnline, now } = options
  const trust = createTrustStore(trustedIssuers)
  const originsOf = (issuers: readonly TrustedIssuer[]) =>
    new Set(isOnline ? issuers.flatMap(({ origin }) => origin ?? []) : [])
  const fetchText = createGuardedFetcher({
    allowedOrigins: originsOf(trustedIssuers),
    // A hub under development is on this machine.
    privateOrigins: originsOf(trustedIssuers.filter(({ isTest }) => isTest)),
  })
  const remoteKeys = createRemoteKeys({ trust, fetchText, now })
  const { checkGraph } = startGraphThreads({ shapesDirectory, threads: 1 })
  const deps = {
    checkGraph,
    trust,
    remoteKeys,
    statusLists: createStatusListReader({ load: fetchText, trust, remoteKeys, now }),
    accreditations: createAccreditationRegister(options.accreditations),
    now,
  }
  return (bytes) => verifyCredential(bytes, deps)
}
