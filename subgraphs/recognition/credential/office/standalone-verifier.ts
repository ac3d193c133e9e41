import { buildOfflineContexts } from '../json-ld/offline-contexts.js'
import { createGuardedFetcher } from '../verify/guarded-fetcher.js'
import { createRemoteKeys } from '../verify/remote-keys.js'
import type { VerificationReport } from '../verify/report.js'
import { loadElmShapes } from '../verify/shacl-shapes.js'
import { createStatusListReader } from '../verify/status-list-reader.js'
import { createTrustStore, type TrustedIssuer } from '../verify/trust-store.js'
import { verifyCredential } from '../verify/verify-credential.js'

export interface StandaloneVerifierOptions {
  readonly trustedIssuers: readonly TrustedIssuer[]
  /** Null: FORMAT leaves the SHACL shapes out and says so. */
  readonly shapesDirectory: string | null
  /** Whether lists of statuses and keys of trusted issuers may be fetched. */
  readonly isOnline: boolean
  readonly now: () => number
}

/** Verifies without a hub, a database or a key of one's own: with a trust file and, where allowed, the network. */
export async function createStandaloneVerifier(
  options: StandaloneVerifierOptions,
): Promise<(bytes: Uint8Array) => Promise<VerificationReport>> {
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
  const shapes = shapesDirectory === null ? null : await loadElmShapes(shapesDirectory)
  const deps = {
    contexts: buildOfflineContexts(shapes?.context),
    shapes,
    trust,
    remoteKeys,
    statusLists: createStatusListReader({ load: fetchText, trust, remoteKeys, now }),
    accreditations: () => null,
    now,
  }
  return (bytes) => verifyCredential(bytes, deps)
}
